package dev.plait.storage.sqlite;

import dev.plait.store.Durability;
import java.time.Duration;

/**
 * How a {@link SqliteStore} is to behave. Immutable.
 *
 * @param durability what it means that a commit has returned
 * @param busyTimeout how long to wait while another program, such as a backup, holds a lock in the
 *     file; negative counts as zero, at most {@link Integer#MAX_VALUE} milliseconds
 * @param maximumBytes what the database file may grow to, in whole pages of 4096 bytes, its log not
 *     counted; a commit that needs more is refused
 */
public record SqliteOptions(Durability durability, Duration busyTimeout, long maximumBytes) {

  private static final SqliteOptions DEFAULTS =
      new SqliteOptions(Durability.FULL, Duration.ofSeconds(5), Long.MAX_VALUE);

  /** Survives power loss, waits up to five seconds, grows as far as the disk allows. */
  public static SqliteOptions defaults() {
    return DEFAULTS;
  }

  /** A copy with another durability. */
  public SqliteOptions withDurability(Durability other) {
    return new SqliteOptions(other, busyTimeout, maximumBytes);
  }

  /** A copy that waits longer or shorter for others. */
  public SqliteOptions withBusyTimeout(Duration other) {
    return new SqliteOptions(durability, other, maximumBytes);
  }

  /** A copy with another bound on the size of the database file. */
  public SqliteOptions withMaximumBytes(long other) {
    return new SqliteOptions(durability, busyTimeout, other);
  }
}
