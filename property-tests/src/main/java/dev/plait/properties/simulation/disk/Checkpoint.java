package dev.plait.properties.simulation.disk;

import dev.plait.store.InMemoryDisk;

/**
 * The state before the first record of the log. Immutable: nobody opens the image, only copies of
 * it.
 *
 * @param image what was stored by then
 * @param commits how many commits that is, since the first
 * @param bytes its length
 */
record Checkpoint(InMemoryDisk image, long commits, long bytes) {
  static Checkpoint empty() {
    return new Checkpoint(new InMemoryDisk(), 0, 0);
  }
}
