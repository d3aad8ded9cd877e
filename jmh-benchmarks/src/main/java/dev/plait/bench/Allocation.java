package dev.plait.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the thread that is measured allocates during the call itself. JMH's gc profiler also counts
 * the setup of an iteration and of an invocation, which may be far more than what is measured; so
 * where there is such a setup, this is what {@link Curves} shows.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Allocation {
  /** The counter. */
  static final String BYTES = "allocatedBytes";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long bytes;
  private long calls;

  /** Forgets the iteration before. */
  @Setup(Level.Iteration)
  public void begin() {
    bytes = 0;
    calls = 0;
  }

  /** Does it, and counts. */
  <T> T during(Supplier<T> call) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    T result = call.get();
    bytes += THREADS.getCurrentThreadAllocatedBytes() - before;
    calls++;
    return result;
  }

  /** Bytes an invocation, the mean over an iteration. */
  public double allocatedBytes() {
    return calls == 0 ? 0 : (double) bytes / calls;
  }
}
