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

  /** A release with another layout wrote the store. */
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

  /** A commit that was acknowledged is not there any more. */
  public static final String STORE_LOST_ACKNOWLEDGED = "STORE_LOST_ACKNOWLEDGED";

  /** The key is not the one that the store was encrypted with. */
  public static final String STORE_KEY = "STORE_KEY";

  /** The engine's native library can't be loaded. */
  public static final String NATIVE_UNAVAILABLE = "NATIVE_UNAVAILABLE";

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
   * {@link #STORE_VERSION}: a release whose layout this one does not read wrote the store; it was
   * left as it is. Open it with that release.
   */
  public static final class OtherVersion extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message the version found and those this release knows
     * @param cause what the engine below said, or null
     */
    public OtherVersion(String message, @Nullable Throwable cause) {
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
   * {@link #STORE_LOST_ACKNOWLEDGED}: the store ends before a commit that it had acknowledged, as
   * after damage to its log or a partial restore. It was left as it is; repair it from a peer, or
   * restore a copy.
   */
  public static final class LostAcknowledged extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which store, what was promised and what is there
     * @param cause what the engine below said, or null
     */
    public LostAcknowledged(String message, @Nullable Throwable cause) {
      super(STORE_LOST_ACKNOWLEDGED, message, cause);
    }
  }

  /**
   * {@link #STORE_KEY}: what is stored was encrypted with another key, or with none; hand in the
   * right one.
   */
  public static final class WrongKey extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which key was asked for
     * @param cause what the cipher said, or null
     */
    public WrongKey(String message, @Nullable Throwable cause) {
      super(STORE_KEY, message, cause);
    }
  }

  /**
   * {@link #NATIVE_UNAVAILABLE}: the engine's native library can't be loaded on this system. The
   * message says what to do about it.
   */
  public static final class NativeUnavailable extends StoreException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message which library, for which system, and the fix
     * @param cause what the system said, or null
     */
    public NativeUnavailable(String message, @Nullable Throwable cause) {
      super(NATIVE_UNAVAILABLE, message, cause);
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
