import { LoroDoc } from 'loro-crdt';
import { installedVersion } from '../installed.mjs';

class LoroDocument {
  #doc = new LoroDoc();
  #root;
  #kind;
  #updates = [];
  #unsubscribe = null;

  constructor(user, kind) {
    this.#doc.setPeerId(user + 1);
    this.#kind = kind;
    this.#root =
      kind === 'text'
        ? this.#doc.getText('root')
        : kind === 'list'
          ? this.#doc.getList('root')
          : this.#doc.getMap('root');
  }

  transact(edits) {
    for (const edit of edits) {
      this.#edit(edit);
    }
    this.#doc.commit();
  }

  #edit([kind, at, value]) {
    switch (kind) {
      case 'i':
        return this.#root.insert(at, value);
      case 'd':
        return this.#root.delete(at, value);
      case 'l':
        // A list of Loro takes one value at a time.
        return value.forEach((element, index) => this.#root.insert(at + index, element));
      case 'p':
        return this.#root.set(at, value);
      case 'a':
        return this.#root.set(at, true);
      case 'r':
      case 'x':
        return this.#root.delete(at);
      default:
        throw new Error(`Loro adapter: unknown edit '${kind}'`);
    }
  }

  record(on) {
    this.#updates = [];
    this.#unsubscribe?.();
    this.#unsubscribe = on
      ? this.#doc.subscribeLocalUpdates((update) => this.#updates.push(update))
      : null;
  }

  takeUpdates() {
    const taken = this.#updates;
    this.#updates = [];
    return taken;
  }

  apply(update) {
    this.#doc.import(update);
  }

  /*
   * A snapshot has the whole history too. It is a little larger than an export of updates, and much
   * faster to import into a new document, also when its content is read at once.
   */
  history() {
    return this.save();
  }

  applyHistory(bytes) {
    this.apply(bytes);
  }

  save() {
    return this.#doc.export({ mode: 'snapshot' });
  }

  content() {
    switch (this.#kind) {
      case 'text':
        return this.#root.toString();
      case 'set':
        return this.#root.keys().sort();
      default:
        return this.#root.toJSON();
    }
  }

  free() {
    this.#unsubscribe?.();
    this.#root.free();
    this.#doc.free();
  }
}

const create = (user, root) => new LoroDocument(user, root);

const open = (bytes, user, root) => {
  const document = create(user, root);
  document.apply(bytes);
  return document;
};

export default {
  version: installedVersion('loro-crdt'),
  supports: () => true,
  joinsSaved: true,
  create,
  open,
  receive: open,
};
