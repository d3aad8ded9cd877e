package dev.plait.store;

import dev.plait.error.PlaitException;
import org.jspecify.annotations.Nullable;

/**
 * A store cannot do what it was asked. The type says what the caller can do about it; the code is
 * the same thing for logs and other processes.
 *
 * <p>Adapters throw these and nothing else: what the engine below said is the cause.
 */
public abstract sealed class StoreException extends PlaitException {

  /** Somebody has the store open already. */
  public static final String STORE_LOCKED = "STORE_LOCKED";

  /** What is there was not written by a store of this kind. */
  public static final String NOT_A_STORE = "NOT_A_STORE";

  /** A newer release wrote the store. */
  public static final String STORE_VERSION = "STORE_VERSION";

  /** The store was closed. */
  public static final String STORE_CLOSED = "STORE_CLOSED";

  /** Another program holds a lock for too long. */
  public static final String STORE_BUSY = "STORE_BUSY";

  /** No room is left. */
  public static final String STORE_FULL = "STORE_FULL";

  /** The file system or the device failed. */
  public static final String STORE_IO = "STORE_IO";

  /** Stored bytes are not what was written. */
  public static final String STORE_CORRUPT = "STORE_CORRUPT";

  /** What was handed in is nothing this store can keep. */
  public static final String UNSTORABLE = "UNSTORABLE";

  private static final long serialVersionUID = 1L;

  private StoreException(String code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }

  /**
   * {@link #STORE_LOCKED}: the store is open already, in this process or another. Close it there
   * first.
   */
  public static final class Locked extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which store, and what to do
     * @param cause what the engine below said, or null
     */
    public Locked(String message, @Nullable Throwable cause) {
      super(STORE_LOCKED, message, cause);
    }
  }

  /** {@link #NOT_A_STORE}: what is there belongs to something else; it was left as it is. */
  public static final class NotAStore extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was found where
     * @param cause what the engine below said, or null
     */
    public NotAStore(String message, @Nullable Throwable cause) {
      super(NOT_A_STORE, message, cause);
    }
  }

  /**
   * {@link #STORE_VERSION}: a newer release wrote the store; it was left as it is. Open it with
   * that release.
   */
  public static final class NewerVersion extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message the version found and the newest this release knows
     * @param cause what the engine below said, or null
     */
    public NewerVersion(String message, @Nullable Throwable cause) {
      super(STORE_VERSION, message, cause);
    }
  }

  /** {@link #STORE_CLOSED}: the store was closed; open it again. */
  public static final class Closed extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which store
     * @param cause what the engine below said, or null
     */
    public Closed(String message, @Nullable Throwable cause) {
      super(STORE_CLOSED, message, cause);
    }
  }

  /** {@link #STORE_BUSY}: another program holds a lock for too long; trying again may work. */
  public static final class Busy extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which store, and how long it waited
     * @param cause what the engine below said, or null
     */
    public Busy(String message, @Nullable Throwable cause) {
      super(STORE_BUSY, message, cause);
    }
  }

  /**
   * {@link #STORE_FULL}: no room is left; the store still serves reads, and writes once there is.
   */
  public static final class Full extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which store, and what limits it
     * @param cause what the engine below said, or null
     */
    public Full(String message, @Nullable Throwable cause) {
      super(STORE_FULL, message, cause);
    }
  }

  /**
   * {@link #STORE_IO}: the file system or the device failed. When a commit ends with it, whether
   * the batch was written shows only after the store has been closed and opened again; it is there
   * wholly or not at all.
   */
  public static final class InputOutput extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which store, and what failed
     * @param cause what the engine below said, or null
     */
    public InputOutput(String message, @Nullable Throwable cause) {
      super(STORE_IO, message, cause);
    }
  }

  /** {@link #STORE_CORRUPT}: stored bytes are not what was written; restore a copy. */
  public static final class Corrupt extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which store, and which record if known
     * @param cause what the engine below said, or null
     */
    public Corrupt(String message, @Nullable Throwable cause) {
      super(STORE_CORRUPT, message, cause);
    }
  }

  /**
   * {@link #UNSTORABLE}: what was handed in is nothing this store can keep, such as a document name
   * with half a surrogate pair, or a record above the engine's greatest size.
   */
  public static final class Unstorable extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was handed in and what is allowed
     * @param cause what the engine below said, or null
     */
    public Unstorable(String message, @Nullable Throwable cause) {
      super(UNSTORABLE, message, cause);
    }
  }
}
