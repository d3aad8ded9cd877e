package dev.plait.cli.replay;

/** Is told what a replay is about to do. */
@FunctionalInterface
interface Progress {
  /** Nobody is told. */
  Progress NONE = step -> {};

  /** Takes the next step, in a few words. */
  void next(String step);
}
