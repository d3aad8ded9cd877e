package dev.plait.cli.replay;

import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What a replay is observed with.
 *
 * @param stopwatch measures how long things take
 * @param retainedHeap measures how many bytes what it makes keeps alive
 * @param progress is told what comes next
 */
record Instruments(
    Stopwatch stopwatch, ToLongFunction<Supplier<?>> retainedHeap, Progress progress) {

  /** Those of the running JVM. */
  static Instruments system(Progress progress) {
    return new Instruments(Stopwatch.system(), new RetainedHeap()::ofEach, progress);
  }

  /** The same ones, with a word before each step that progress is told of. */
  Instruments labelled(String label) {
    return new Instruments(stopwatch, retainedHeap, step -> progress.next(label + step));
  }
}
