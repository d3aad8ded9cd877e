package dev.plait.schedule;

/** Something that is going to happen and may still be called off. */
@FunctionalInterface
public interface Cancellable {

  /**
   * Calls it off. A task that has begun is not stopped, and one that has run, or was called off
   * before, is none the wiser: calling this twice, or too late, does nothing.
   */
  void cancel();
}
