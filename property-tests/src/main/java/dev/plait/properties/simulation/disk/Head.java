package dev.plait.properties.simulation.disk;

/**
 * What the disk keeps beside the log. Small enough to be written wholly or not at all, and durable
 * as soon as it is. Immutable.
 *
 * @param commits how many commits are surely on the disk, since the first
 * @param end where the last of them ends in the log, in bytes
 * @param relaxed whether later ones may have been acknowledged
 * @param losses how often the disk had lost unsynced writes by then
 * @param copy whether the disk is a restored one and the store was not told so yet
 */
record Head(long commits, int end, boolean relaxed, long losses, boolean copy) {
  static final Head EMPTY = new Head(0, 0, false, 0, false);

  Head asCopy() {
    return new Head(commits, end, relaxed, losses, true);
  }
}
