package dev.plait.replica;

/** What becomes of exceptions of other people's code that nobody is there to catch. */
final class Uncaught {
  private Uncaught() {}

  /** Hands it to the uncaught exception handler of the thread. */
  static void report(RuntimeException thrown) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
  }
}
