package dev.plait.storage.guard;

import java.io.IOException;

/**
 * A channel closes itself under a thread that is interrupted; a store must not fail because of who
 * happened to call it. So the interruption waits until the work is done.
 */
final class Uninterrupted {

  private Uninterrupted() {}

  /** Something that reads or writes. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  static <T> T run(Work<T> work) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return work.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
