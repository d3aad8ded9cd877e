package dev.plait.transport;

/**
 * How well an {@link InMemoryNetwork} carries frames in one direction. Immutable.
 *
 * @param minDelayMillis the least time a frame is on its way, from 0
 * @param maxDelayMillis the most time, unless the frame is late
 * @param loss how likely a frame gets lost, from 0 to 1
 * @param duplication how likely a frame arrives twice, from 0 to 1; the second copy is late
 * @param lateness how likely a frame is late, from 0 to 1: frames offered after it may overtake it
 * @param room how many frames may be on their way at once, from 1; no more are taken
 * @param maxFrameBytes the longest frame that is taken, from 1
 */
public record Conditions(
    long minDelayMillis,
    long maxDelayMillis,
    double loss,
    double duplication,
    double lateness,
    int room,
    int maxFrameBytes) {

  /** No delay and no trouble; room for 64 frames of 1 MiB. */
  public static final Conditions PERFECT = new Conditions(0, 0, 0, 0, 0, 64, 1 << 20);

  /**
   * Checks the ranges.
   *
   * @throws TransportException INVALID_CONDITIONS if one is left
   */
  public Conditions {
    boolean delays = minDelayMillis >= 0 && minDelayMillis <= maxDelayMillis;
    boolean chances = isChance(loss) && isChance(duplication) && isChance(lateness);
    if (!delays
        || maxDelayMillis > Integer.MAX_VALUE
        || !chances
        || room < 1
        || maxFrameBytes < 1) {
      throw new TransportException(
          TransportException.INVALID_CONDITIONS,
          "no network is like this: delay "
              + minDelayMillis
              + " to "
              + maxDelayMillis
              + " ms, loss "
              + loss
              + ", duplication "
              + duplication
              + ", lateness "
              + lateness
              + ", room "
              + room
              + ", frames of "
              + maxFrameBytes
              + " bytes; delays rise from 0 to 2^31-1, chances are from 0 to 1, the rest from 1");
    }
  }

  private static boolean isChance(double chance) {
    return chance >= 0 && chance <= 1;
  }

  /** A copy in which frames take from {@code min} to {@code max} milliseconds. */
  public Conditions withDelay(long min, long max) {
    return new Conditions(min, max, loss, duplication, lateness, room, maxFrameBytes);
  }

  /** A copy that loses this share of the frames. */
  public Conditions withLoss(double chance) {
    return new Conditions(
        minDelayMillis, maxDelayMillis, chance, duplication, lateness, room, maxFrameBytes);
  }

  /** A copy that delivers this share of the frames twice. */
  public Conditions withDuplication(double chance) {
    return new Conditions(
        minDelayMillis, maxDelayMillis, loss, chance, lateness, room, maxFrameBytes);
  }

  /** A copy that lets this share of the frames be overtaken. */
  public Conditions withLateness(double chance) {
    return new Conditions(
        minDelayMillis, maxDelayMillis, loss, duplication, chance, room, maxFrameBytes);
  }

  /** A copy that carries this many frames at once. */
  public Conditions withRoom(int frames) {
    return new Conditions(
        minDelayMillis, maxDelayMillis, loss, duplication, lateness, frames, maxFrameBytes);
  }

  /** A copy that takes frames up to this length. */
  public Conditions withMaxFrameBytes(int bytes) {
    return new Conditions(minDelayMillis, maxDelayMillis, loss, duplication, lateness, room, bytes);
  }
}
