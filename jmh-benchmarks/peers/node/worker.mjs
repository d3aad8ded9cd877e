/**
 * Does one task with one engine in this process and prints the result as one line of JSON:
 * node --expose-gc worker.mjs ENGINE TASK SCRIPT.json REPEATS BUDGET_MILLIS
 */
import { engineOf } from './engines.mjs';
import { readScript } from './script.mjs';
import { reasonAgainst, tasks } from './tasks.mjs';

const USAGE = 'node --expose-gc worker.mjs ENGINE TASK SCRIPT.json REPEATS BUDGET_MILLIS';

async function result([name, task, file, repeats, budgetMillis]) {
  if (budgetMillis === undefined || !globalThis.gc) {
    throw new Error(`call it as: ${USAGE}`);
  }
  if (!Object.hasOwn(tasks, task)) {
    throw new Error(`there is no task '${task}': use one of ${Object.keys(tasks).join(', ')}`);
  }
  const engine = await engineOf(name);
  const script = readScript(file);
  const about = { engine: name, version: engine.version, task, script: script.name };
  const unsupported = reasonAgainst(engine, task, script);
  if (unsupported !== null) {
    return { ...about, unsupported };
  }
  const runs = { repeats: Number(repeats), budgetMillis: Number(budgetMillis) };
  return { ...about, ...(await tasks[task]({ name, engine, script, file, runs })) };
}

console.log(JSON.stringify(await result(process.argv.slice(2))));
