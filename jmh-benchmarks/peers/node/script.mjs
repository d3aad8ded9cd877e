import { readFileSync } from 'node:fs';

/** A script: who makes which edits, by transaction, on a text, list, map or set. */
export function readScript(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
