import { setImmediate as nextTurn } from 'node:timers/promises';

const WITH_PREPARATION = 3;

/** Frees what nothing holds any more, also what only a finalizer frees. */
export async function collectGarbage() {
  globalThis.gc();
  await nextTurn();
  globalThis.gc();
}

/**
 * Runs something once, and then until it has been repeated often enough or the budget is used up.
 *
 * @param run prepares, measures, checks and cleans up; gives the milliseconds of what it measures
 * @param repeats how many runs there are at most after the first one
 * @param budgetMillis no run begins when those before it took so long together, or three times as
 *   long with their preparation
 */
export async function timed(run, { repeats, budgetMillis }) {
  const measured = async () => {
    await collectGarbage();
    return run();
  };
  const cold = await measured();
  const times = [];
  let used = 0;
  const end = performance.now() + WITH_PREPARATION * budgetMillis;
  while (times.length < repeats && used + cold / 2 < budgetMillis && performance.now() < end) {
    const time = await measured();
    times.push(time);
    used += time;
  }
  return { cold, times, runs: times.length };
}

/** The milliseconds that something takes. */
export function clocked(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}
