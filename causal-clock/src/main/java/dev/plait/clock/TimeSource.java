package dev.plait.clock;

/**
 * Where the wall-clock time comes from; handed in, so that a test or a simulation decides it.
 *
 * <p>In production this is {@code System::currentTimeMillis}. It may jump in either direction; what
 * is built on it copes.
 */
@FunctionalInterface
public interface TimeSource {

  /** Milliseconds since 1970-01-01T00:00Z. Must be safe to call from any thread. */
  long millis();
}
