package dev.plait.storage.lmdb;

import dev.plait.storage.guard.HeadSync;
import dev.plait.store.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How an {@link LmdbStore} is to behave. Immutable.
 *
 * @param durability what it means that a commit has returned
 * @param initialMapBytes how much address space the store takes to begin with, from 1 MiB; where
 *     the store is larger already, what it needs. It costs no room on the disk and doubles when it
 *     is used up
 * @param maximumMapBytes what the data file may grow to, up to 64 TiB; a commit that needs more is
 *     refused, unless all it does is to remove: then it may take what it needs, 1 MiB at a time,
 *     which others may use until the store is opened again. It is never less than {@code
 *     initialMapBytes}
 * @param busyTimeout how long a commit waits for readers when the map has to grow, and a reader for
 *     its turn; negative counts as zero
 * @param headSync when the head file is forced to the disk
 * @param instances a directory outside of what is copied or backed up, in which stores of this
 *     device leave a mark each: so copies are recognised that the file system can't tell
 */
public record LmdbOptions(
    Durability durability,
    long initialMapBytes,
    long maximumMapBytes,
    Duration busyTimeout,
    HeadSync headSync,
    Optional<Path> instances) {

  private static final long LEAST_MAP_BYTES = 1 << 20;
  private static final long MOST_MAP_BYTES = 1L << 46;

  private static final LmdbOptions DEFAULTS =
      new LmdbOptions(
          Durability.FULL,
          64L << 20,
          1L << 40,
          Duration.ofSeconds(5),
          HeadSync.CHECKPOINT,
          Optional.empty());

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if the map is to begin below 1 MiB, to end before it begins,
   *     or to grow above 64 TiB
   */
  public LmdbOptions {
    if (initialMapBytes < LEAST_MAP_BYTES
        || maximumMapBytes < initialMapBytes
        || maximumMapBytes > MOST_MAP_BYTES) {
      throw new IllegalArgumentException(
          "a map begins with 1 MiB or more and grows from there to 64 TiB at most, not from "
              + initialMapBytes
              + " to "
              + maximumMapBytes
              + " bytes");
    }
  }

  /** Survives power loss, maps 64 MiB, grows to 1 TiB, waits up to five seconds. */
  public static LmdbOptions defaults() {
    return DEFAULTS;
  }

  /** A copy with another durability. */
  public LmdbOptions withDurability(Durability other) {
    return new LmdbOptions(
        other, initialMapBytes, maximumMapBytes, busyTimeout, headSync, instances);
  }

  /**
   * A copy that begins with another map; the bound on its growth is raised to it if it is below.
   */
  public LmdbOptions withInitialMapBytes(long other) {
    return new LmdbOptions(
        durability, other, Math.max(other, maximumMapBytes), busyTimeout, headSync, instances);
  }

  /** A copy with another bound on growth; the map begins no larger than that. */
  public LmdbOptions withMaximumMapBytes(long other) {
    return new LmdbOptions(
        durability, Math.min(other, initialMapBytes), other, busyTimeout, headSync, instances);
  }

  /** A copy that waits longer or shorter. */
  public LmdbOptions withBusyTimeout(Duration other) {
    return new LmdbOptions(
        durability, initialMapBytes, maximumMapBytes, other, headSync, instances);
  }

  /** A copy that forces the head file to the disk more or less often. */
  public LmdbOptions withHeadSync(HeadSync other) {
    return new LmdbOptions(
        durability, initialMapBytes, maximumMapBytes, busyTimeout, other, instances);
  }

  /** A copy that leaves its marks in this directory. */
  public LmdbOptions withInstances(Path directory) {
    return new LmdbOptions(
        durability,
        initialMapBytes,
        maximumMapBytes,
        busyTimeout,
        headSync,
        Optional.of(directory));
  }
}
