import crdt from 'json-joy/lib/json-crdt/index.js';
import compaction from 'json-joy/lib/json-crdt-patch/compaction.js';
import { installedVersion } from '../installed.mjs';

const { Model, Patch, s } = crdt;

/** Session ids below this have meanings of their own. */
const FIRST_SESSION = 65536;

const EMPTY = {
  text: () => s.str(''),
  list: () => s.arr([]),
  map: () => s.obj({}),
  set: () => s.obj({}),
};

class JsonJoyDocument {
  #model;
  #root;
  #kind;
  #recording = false;
  #patches = [];

  constructor(model, kind) {
    this.#model = model;
    this.#kind = kind;
    this.#root =
      kind === 'text' ? model.api.str([]) : kind === 'list' ? model.api.arr([]) : model.api.obj([]);
  }

  transact(edits) {
    for (const edit of edits) {
      this.#edit(edit);
    }
    const patch = this.#model.api.flush();
    if (this.#recording && patch.ops.length > 0) {
      this.#patches.push(patch.toBinary());
    }
  }

  #edit([kind, at, value]) {
    switch (kind) {
      case 'i':
        return this.#root.ins(at, value);
      case 'd':
        return this.#root.del(at, value);
      case 'l':
        return this.#root.ins(at, value.map(constant));
      case 'p':
        return this.#root.set({ [at]: constant(value) });
      case 'a':
        return this.#root.set({ [at]: constant(true) });
      case 'r':
      case 'x':
        if (this.#root.node.get(at)?.view() !== undefined) {
          this.#root.del([at]);
        }
        return;
      default:
        throw new Error(`json-joy adapter: unknown edit '${kind}'`);
    }
  }

  record(on) {
    this.#recording = on;
    this.#patches = [];
  }

  takeUpdates() {
    const taken = this.#patches;
    this.#patches = [];
    return taken;
  }

  apply(update) {
    this.#model.applyPatch(Patch.fromBinary(update));
  }

  /*
   * A model keeps no history: its owner keeps the patches, as this does while it records. The
   * library's own compaction makes one patch of them, which is faster to apply than all of them.
   */
  history() {
    const patches = this.#patches.map((bytes) => Patch.fromBinary(bytes));
    compaction.combine(patches);
    compaction.compact(patches[0]);
    return patches[0].toBinary();
  }

  applyHistory(bytes) {
    this.apply(bytes);
  }

  save() {
    return this.#model.toBinary();
  }

  content() {
    const view = this.#model.view();
    return this.#kind === 'set' ? Object.keys(view).sort() : view;
  }

  free() {}
}

/** One value that is replaced as a whole, as in the other libraries; also the fastest to make. */
const constant = (value) => s.con(value);

const create = (user, root) => {
  const model = Model.create(EMPTY[root](), FIRST_SESSION + user);
  // The empty root is the same in all replicas and need not be sent.
  model.api.flush();
  return new JsonJoyDocument(model, root);
};

export default {
  version: installedVersion('json-joy'),
  supports: () => true,
  joinsSaved: false,
  create,
  open: (bytes, user, root) =>
    new JsonJoyDocument(Model.load(bytes, FIRST_SESSION + user), root),
  receive: (bytes, user, root) => {
    const document = create(user, root);
    document.applyHistory(bytes);
    return document;
  },
};
