package dev.plait.cli.store;

import dev.plait.error.PlaitException;
import org.jspecify.annotations.Nullable;

/** A data directory or a file to carry documents in can't be used. */
public final class DataException extends PlaitException {
  private static final long serialVersionUID = 1L;

  /** The data directory can't be made or is none. */
  public static final String DATA_UNUSABLE = "DATA_UNUSABLE";

  /** There is no store in the data directory. */
  public static final String NO_STORE = "NO_STORE";

  /** The file can't be read or written, or is not what {@code plait export} writes. */
  public static final String FILE_UNUSABLE = "FILE_UNUSABLE";

  /** There is no document of this name. */
  public static final String NO_DOCUMENT = "NO_DOCUMENT";

  /** The store is being repaired, or that was cut short. */
  public static final String REPAIR_UNFINISHED = "REPAIR_UNFINISHED";

  DataException(String code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
