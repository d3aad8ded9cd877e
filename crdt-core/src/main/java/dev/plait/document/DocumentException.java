package dev.plait.document;

import dev.plait.error.PlaitException;
import org.jspecify.annotations.Nullable;

/**
 * A document can't do what was asked in the state it is in. Nothing was changed, except where
 * {@link #LISTENER_FAILED} says otherwise.
 */
public final class DocumentException extends PlaitException {
  private static final long serialVersionUID = 1L;

  /** The document, or the replica it belongs to, was closed. */
  public static final String DOCUMENT_CLOSED = "DOCUMENT_CLOSED";

  /** A transaction was started inside another of the same document. */
  public static final String TRANSACTION_NESTED = "TRANSACTION_NESTED";

  /** A transaction or editor was used after its transaction had ended. */
  public static final String TRANSACTION_ENDED = "TRANSACTION_ENDED";

  /** Something of another type is already there. */
  public static final String TYPE_MISMATCH = "TYPE_MISMATCH";

  /** A fork, or a document's edits, were to go on under a replica id that has changed it before. */
  public static final String REPLICA_IN_USE = "REPLICA_IN_USE";

  /** Containers would nest deeper than allowed. */
  public static final String NESTING_TOO_DEEP = "NESTING_TOO_DEEP";

  /** The changes asked for were replaced by a snapshot; take {@link Document#snapshot} instead. */
  public static final String HISTORY_COMPACTED = "HISTORY_COMPACTED";

  /** A snapshot holds stamps too far ahead of the local wall clock. */
  public static final String STAMP_AHEAD = "STAMP_AHEAD";

  /** A name is empty, too long or not well-formed. */
  public static final String INVALID_NAME = "INVALID_NAME";

  /** A snapshot contradicts itself. */
  public static final String INVALID_SNAPSHOT = "INVALID_SNAPSHOT";

  /** A listener threw; the change it was told of stands, and all other listeners were told. */
  public static final String LISTENER_FAILED = "LISTENER_FAILED";

  DocumentException(String code, String message) {
    this(code, message, null);
  }

  DocumentException(String code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
