import { Worker } from 'node:worker_threads';
import { collectGarbage } from './runs.mjs';

/** A document smaller than this is opened more often. */
const SMALL_BYTES = 100_000;
const HELD = 8;
const HELD_IF_SMALL = 64;

/**
 * The bytes that one open document holds. Several are opened and the sum divided, because the
 * memory of WebAssembly shows only by its size, which grows in pages of 64 kB and never shrinks. For
 * the same reason the saved state is made on another thread, which has a WebAssembly memory of its
 * own: here the documents must not find room that their author left behind. One document is opened
 * before, so that neither the engine's start nor the room it decodes in is counted.
 */
export async function memory({ name, engine, script, file }, right) {
  const saved = await savedApart(name, file);
  const held = [opened(engine, saved, script.root, right)];
  const count = saved.length < SMALL_BYTES ? HELD_IF_SMALL : HELD;
  const before = await usedBytes();
  for (let i = 0; i < count; i++) {
    held.push(opened(engine, saved, script.root, right));
  }
  const after = await usedBytes();
  held.forEach((document) => document.free());
  return { bytes: Math.max(0, Math.round((after - before) / count)) };
}

/** Its content is read, because some engines decode it only then, and not kept. */
function opened(engine, saved, root, right) {
  const document = engine.open(saved, 1, root);
  right(document.content());
  return document;
}

/** External memory has the array buffers and the memory of WebAssembly in it. */
async function usedBytes() {
  for (let i = 0; i < 4; i++) {
    await collectGarbage();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function savedApart(name, file) {
  return new Promise((resolve, reject) => {
    const author = new Worker(new URL('./saving.mjs', import.meta.url), {
      workerData: { name, file },
    });
    let saved;
    author.once('message', (bytes) => {
      saved = bytes;
    });
    author.once('error', reject);
    author.once('exit', (code) =>
      saved ? resolve(saved) : reject(new Error(`${name} saved nothing; exit code ${code}`)),
    );
  });
}
