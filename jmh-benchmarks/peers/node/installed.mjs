import { readFileSync } from 'node:fs';

/** The version of a package as it is installed, which is what was measured. */
export function installedVersion(name) {
  const file = new URL(`node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}
