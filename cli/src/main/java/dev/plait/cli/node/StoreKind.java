package dev.plait.cli.node;

/** Where a node keeps its documents. */
enum StoreKind {
  /** In {@code plait.db} in the data directory; a write that was answered survives power loss. */
  SQLITE,
  /** In {@code plait.lmdb} in the data directory; a write that was answered survives power loss. */
  LMDB,
  /** In memory, until the process ends. */
  MEMORY
}
