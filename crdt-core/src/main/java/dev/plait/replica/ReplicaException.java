package dev.plait.replica;

import dev.plait.error.PlaitException;

/** A replica can't do what was asked. Nothing was changed. */
public final class ReplicaException extends PlaitException {
  private static final long serialVersionUID = 1L;

  /** The replica was closed. */
  public static final String REPLICA_CLOSED = "REPLICA_CLOSED";

  /** The replica was to be closed from inside a transaction of one of its documents. */
  public static final String CLOSED_INSIDE = "CLOSED_INSIDE";

  /** No format of bytes was given and none is on the class path. */
  public static final String CODEC_MISSING = "CODEC_MISSING";

  /** The waits between two tries to connect make no sense. */
  public static final String INVALID_BACKOFF = "INVALID_BACKOFF";

  /** The numbers of a compaction policy make no sense. */
  public static final String INVALID_COMPACTION = "INVALID_COMPACTION";

  /** More bytes were to be shown in a document than the limits allow. */
  public static final String PRESENCE_TOO_LARGE = "PRESENCE_TOO_LARGE";

  ReplicaException(String code, String message) {
    super(code, message, null);
  }
}
