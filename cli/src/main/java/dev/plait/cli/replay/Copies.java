package dev.plait.cli.replay;

import dev.plait.document.Document;

/** The document as each author holds it, wherever it is kept. */
interface Copies extends AutoCloseable {
  /** The name of the root that holds the text of a trace, and of the document. */
  String TEXT = "trace";

  /** An author's copy, empty at first; the same object until it is put away. */
  Document of(int agent);

  /** Drops an author's copy from memory; using it again opens what was kept of it. */
  void putAway(int agent);

  /** An author's copy as it is kept outside of memory, where it is; otherwise as it is. */
  Document reopened(int agent);

  /** Ends the use of an author's copy for good. */
  void forget(int agent);

  /** Ends the use of all copies and removes what was kept of them. */
  @Override
  void close();
}
