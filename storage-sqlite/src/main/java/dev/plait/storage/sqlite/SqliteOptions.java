package dev.plait.storage.sqlite;

import dev.plait.storage.guard.HeadSync;
import dev.plait.store.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a {@link SqliteStore} is to behave. Immutable.
 *
 * @param durability what it means that a commit has returned
 * @param busyTimeout how long to wait while another program, such as a backup, holds a lock in the
 *     file; negative counts as zero, at most {@link Integer#MAX_VALUE} milliseconds
 * @param maximumBytes what the database file may grow to, in whole pages of 4096 bytes, its log not
 *     counted; a commit that needs more is refused
 * @param instances a directory that no backup copies and no other device shares, where the store
 *     leaves how far it has come, so that a copy put in its very place is noticed too
 * @param headSync when the head file is forced to the disk
 */
public record SqliteOptions(
    Durability durability,
    Duration busyTimeout,
    long maximumBytes,
    Optional<Path> instances,
    HeadSync headSync) {

  private static final SqliteOptions DEFAULTS =
      new SqliteOptions(
          Durability.FULL,
          Duration.ofSeconds(5),
          Long.MAX_VALUE,
          Optional.empty(),
          HeadSync.CHECKPOINT);

  /** Survives power loss, waits up to five seconds, grows as far as the disk allows. */
  public static SqliteOptions defaults() {
    return DEFAULTS;
  }

  /** A copy with another durability. */
  public SqliteOptions withDurability(Durability other) {
    return new SqliteOptions(other, busyTimeout, maximumBytes, instances, headSync);
  }

  /** A copy that waits longer or shorter for others. */
  public SqliteOptions withBusyTimeout(Duration other) {
    return new SqliteOptions(durability, other, maximumBytes, instances, headSync);
  }

  /** A copy with another bound on the size of the database file. */
  public SqliteOptions withMaximumBytes(long other) {
    return new SqliteOptions(durability, busyTimeout, other, instances, headSync);
  }

  /** A copy that leaves its traces in a directory; see {@link #instances}. */
  public SqliteOptions withInstances(Path directory) {
    return new SqliteOptions(
        durability, busyTimeout, maximumBytes, Optional.of(directory), headSync);
  }

  /** A copy that forces its head file to the disk at other times. */
  public SqliteOptions withHeadSync(HeadSync other) {
    return new SqliteOptions(durability, busyTimeout, maximumBytes, instances, other);
  }
}
