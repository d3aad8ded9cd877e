import diamond from 'diamond-types-node';
import { installedVersion } from '../installed.mjs';

/** It has no transactions: an edit is an operation, and a transaction's are sent in one patch. */
class DiamondDocument {
  #doc;
  #sent = null;
  #updates = [];

  constructor(doc) {
    this.#doc = doc;
  }

  transact(edits) {
    for (const [kind, at, value] of edits) {
      if (kind === 'i') {
        this.#doc.ins(at, value);
      } else if (kind === 'd') {
        this.#doc.del(at, value);
      } else {
        throw new Error(`Diamond types adapter: unknown edit '${kind}'`);
      }
    }
    if (this.#sent !== null) {
      this.#updates.push(this.#doc.getPatchSince(this.#sent));
      this.#sent = this.#doc.getLocalVersion();
    }
  }

  record(on) {
    this.#updates = [];
    this.#sent = on ? this.#doc.getLocalVersion() : null;
  }

  takeUpdates() {
    const taken = this.#updates;
    this.#updates = [];
    return taken;
  }

  apply(update) {
    this.#doc.mergeBytes(update);
  }

  history() {
    return this.#doc.toBytes();
  }

  applyHistory(bytes) {
    this.apply(bytes);
  }

  save() {
    return this.#doc.toBytes();
  }

  content() {
    return this.#doc.get();
  }

  free() {
    this.#doc.free();
  }
}

const agent = (user) => `user${user}`;

const open = (bytes, user) => new DiamondDocument(diamond.Doc.fromBytes(bytes, agent(user)));

export default {
  version: installedVersion('diamond-types-node'),
  supports: (root) => root === 'text',
  joinsSaved: true,
  create: (user) => new DiamondDocument(new diamond.Doc(agent(user))),
  open,
  receive: open,
};
