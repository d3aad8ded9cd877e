import * as Automerge from '@automerge/automerge';
import { installedVersion } from '../installed.mjs';

/** Times are left out of the changes, so that the same script gives the same bytes. */
const UNTIMED = { time: 0 };

const actor = (user) => (user + 1).toString(16).padStart(8, '0');

/*
 * All replicas start from one first change that makes the text or the list: Automerge has no root
 * but a map, and two texts made apart would be two texts. A map or a set is that root itself.
 */
const seeds = new Map();

function seed(root) {
  if (!seeds.has(root)) {
    const empty = Automerge.init({ actor: '00' });
    const made = Automerge.change(empty, UNTIMED, (draft) => {
      if (root === 'text') {
        draft.root = '';
      } else if (root === 'list') {
        draft.root = [];
      }
    });
    seeds.set(root, Automerge.save(made));
  }
  return seeds.get(root);
}

/*
 * A string in a list or a map would become a collaborative text of its own. The other libraries
 * set it as one value, and so does Automerge with an immutable string, which is also faster.
 */
function written(value) {
  if (typeof value === 'string') {
    return new Automerge.ImmutableString(value);
  }
  return typeof value === 'object' ? mapValues(value, written) : value;
}

function read(value) {
  if (Automerge.isImmutableString(value)) {
    return value.val;
  }
  return typeof value === 'object' ? mapValues(value, read) : value;
}

function mapValues(object, change) {
  const result = {};
  for (const key of Object.keys(object)) {
    result[key] = change(object[key]);
  }
  return result;
}

class AutomergeDocument {
  #doc;
  #kind;
  #recording = false;
  #updates = [];

  constructor(doc, kind) {
    this.#doc = doc;
    this.#kind = kind;
  }

  transact(edits) {
    const changed = Automerge.change(this.#doc, UNTIMED, (draft) => {
      for (const edit of edits) {
        edited(draft, edit);
      }
    });
    // Edits that do nothing make no change, and then the last one is not of this transaction.
    if (this.#recording && changed !== this.#doc) {
      this.#updates.push(Automerge.getLastLocalChange(changed));
    }
    this.#doc = changed;
  }

  record(on) {
    this.#updates = [];
    this.#recording = on;
  }

  takeUpdates() {
    const taken = this.#updates;
    this.#updates = [];
    return taken;
  }

  // This takes a change in about nine tenths of the time of applyChanges.
  apply(update) {
    this.#doc = Automerge.loadIncremental(this.#doc, update);
  }

  history() {
    return Automerge.save(this.#doc);
  }

  applyHistory(bytes) {
    this.apply(bytes);
  }

  save() {
    return Automerge.save(this.#doc);
  }

  content() {
    switch (this.#kind) {
      case 'text':
        return this.#doc.root;
      case 'list':
        return this.#doc.root.map(read);
      case 'set':
        return Object.keys(this.#doc).sort();
      default:
        return mapValues(this.#doc, read);
    }
  }

  free() {
    Automerge.free(this.#doc);
  }
}

function edited(draft, [kind, at, value]) {
  switch (kind) {
    case 'i':
      return Automerge.splice(draft, ['root'], at, 0, value);
    case 'd':
      return Automerge.splice(draft, ['root'], at, value);
    case 'l':
      return Automerge.insertAt(draft.root, at, ...value.map(written));
    case 'p':
      draft[at] = written(value);
      return;
    case 'a':
      draft[at] = true;
      return;
    case 'r':
    case 'x':
      if (at in draft) {
        delete draft[at];
      }
      return;
    default:
      throw new Error(`Automerge adapter: unknown edit '${kind}'`);
  }
}

const open = (bytes, user, root) =>
  new AutomergeDocument(Automerge.load(bytes, { actor: actor(user) }), root);

export default {
  version: installedVersion('@automerge/automerge'),
  supports: () => true,
  joinsSaved: true,
  create: (user, root) => open(seed(root), user, root),
  open,
  // What save() gives has the whole history, and to load it is the fast way to a new replica.
  receive: open,
};
