/** The thread that makes the saved state for the memory task. */
import { parentPort, workerData } from 'node:worker_threads';
import { engineOf } from './engines.mjs';
import { readScript } from './script.mjs';
import { savedBy } from './tasks.mjs';

const { name, file } = workerData;
parentPort.postMessage(savedBy({ engine: await engineOf(name), script: readScript(file) }));
