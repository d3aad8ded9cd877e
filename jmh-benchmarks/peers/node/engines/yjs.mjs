import * as Y from 'yjs';
import { installedVersion } from '../installed.mjs';

/*
 * Update format 1 throughout: it is what Yjs uses unless told otherwise, and what its providers
 * send and store. Format 2 is smaller and slower.
 */
class YjsDocument {
  #doc = new Y.Doc();
  #root;
  #kind;
  #updates = [];
  #listener = (update, origin, doc, transaction) => {
    if (transaction.local) {
      this.#updates.push(update);
    }
  };

  constructor(user, kind) {
    this.#doc.clientID = user + 1;
    this.#kind = kind;
    this.#root =
      kind === 'text'
        ? this.#doc.getText('root')
        : kind === 'list'
          ? this.#doc.getArray('root')
          : this.#doc.getMap('root');
  }

  transact(edits) {
    this.#doc.transact(() => {
      for (const edit of edits) {
        this.#edit(edit);
      }
    });
  }

  #edit([kind, at, value]) {
    switch (kind) {
      case 'i':
      case 'l':
        return this.#root.insert(at, value);
      case 'd':
        return this.#root.delete(at, value);
      case 'p':
        return this.#root.set(at, value);
      case 'a':
        return this.#root.set(at, true);
      case 'r':
      case 'x':
        return this.#root.delete(at);
      default:
        throw new Error(`Yjs adapter: unknown edit '${kind}'`);
    }
  }

  record(on) {
    this.#updates = [];
    if (on) {
      this.#doc.on('update', this.#listener);
    } else {
      this.#doc.off('update', this.#listener);
    }
  }

  takeUpdates() {
    const taken = this.#updates;
    this.#updates = [];
    return taken;
  }

  apply(update) {
    Y.applyUpdate(this.#doc, update);
  }

  history() {
    return Y.encodeStateAsUpdate(this.#doc);
  }

  applyHistory(bytes) {
    this.apply(bytes);
  }

  save() {
    return Y.encodeStateAsUpdate(this.#doc);
  }

  content() {
    switch (this.#kind) {
      case 'text':
        return this.#root.toString();
      case 'set':
        return [...this.#root.keys()].sort();
      default:
        return this.#root.toJSON();
    }
  }

  free() {
    this.#doc.destroy();
  }
}

const create = (user, root) => new YjsDocument(user, root);

const open = (bytes, user, root) => {
  const document = create(user, root);
  document.apply(bytes);
  return document;
};

export default {
  version: installedVersion('yjs'),
  supports: () => true,
  joinsSaved: true,
  create,
  open,
  receive: open,
};
