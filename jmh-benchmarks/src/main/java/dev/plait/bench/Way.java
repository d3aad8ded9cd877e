package dev.plait.bench;

import dev.plait.document.Document;

/** How a replica is told what another one has done. */
public enum Way {
  /** Change by change, each decoded from bytes of its own. */
  CHANGES {
    @Override
    void merge(Document receiver, Branches branches) {
      for (byte[] change : branches.changes()) {
        receiver.apply(change);
      }
    }
  },

  /** All changes in one piece, as few chunks as they fit in. */
  CHUNK {
    @Override
    void merge(Document receiver, Branches branches) {
      receiver.apply(branches.chunk());
    }
  },

  /** The state of the other replica, without history. */
  SNAPSHOT {
    @Override
    void merge(Document receiver, Branches branches) {
      receiver.join(branches.snapshot());
    }
  };

  /** Merges what the other replica has done. */
  abstract void merge(Document receiver, Branches branches);
}
