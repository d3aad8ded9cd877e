package dev.plait.document;

/**
 * An open transaction of a document: its editors change the document at once, for this transaction
 * to see, and all together become one {@link dev.plait.change.Change} when it commits.
 *
 * <p>Valid only inside {@link Document#transact}, on the thread that runs it.
 */
public interface Transaction extends NamedEditors {
  /** The document being edited. */
  Document document();
}
