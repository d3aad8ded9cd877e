package dev.plait.cli.repair;

import dev.plait.error.PlaitException;
import org.jspecify.annotations.Nullable;

/** A store can't be repaired now. */
public final class RepairException extends PlaitException {
  private static final long serialVersionUID = 1L;

  /** The peer can't be reached, or does not bring what it has. */
  public static final String PEER_SILENT = "PEER_SILENT";

  /** Another repair of the same store is at work. */
  public static final String REPAIR_RUNNING = "REPAIR_RUNNING";

  /** Files can't be written or moved. */
  public static final String DATA_UNUSABLE = "DATA_UNUSABLE";

  RepairException(String code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
