/** The engines by name, each loaded only when it is asked for. */
export const ENGINES = ['yjs', 'loro', 'automerge', 'diamond-types', 'json-joy'];

/** The adapter of an engine. */
export async function engineOf(name) {
  if (!ENGINES.includes(name)) {
    throw new Error(`there is no engine '${name}': use one of ${ENGINES.join(', ')}`);
  }
  return (await import(`./engines/${name}.mjs`)).default;
}
