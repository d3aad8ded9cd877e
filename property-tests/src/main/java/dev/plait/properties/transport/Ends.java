package dev.plait.properties.transport;

import dev.plait.replica.Replica;
import dev.plait.replica.ReplicaBuilder;
import dev.plait.transport.Transport;

/** The two ends of the transport under test, for one test: one that calls, one that is called. */
public interface Ends extends AutoCloseable {

  /** What calls the other end; the same for the whole test. */
  Transport dialler();

  /**
   * The called end's transport for the next call, to be opened once. Asked for once after each time
   * the dialler was opened; waits for the call if it has to.
   */
  Transport nextCall();

  /** What calls a place where nobody answers, and finds out soon. */
  Transport diallerToNobody();

  /** Whether every frame that is taken arrives, once and in order, while the link is open. */
  default boolean isReliable() {
    return true;
  }

  /**
   * Whether nothing happens but in {@link #passTime}, on the thread of the test. If not, the
   * transport has threads of its own, and its links are used by several.
   */
  default boolean isSimulated() {
    return false;
  }

  /** Lets simulated time pass. */
  default void passTime() {}

  /** The beginning of a replica for these ends; one with threads of its own if not overridden. */
  default ReplicaBuilder replica() {
    return Replica.builder();
  }

  /** Stops to take calls and lets go of everything. Links are closed before. */
  @Override
  void close();
}
