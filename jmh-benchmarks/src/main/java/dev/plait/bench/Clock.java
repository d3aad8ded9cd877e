package dev.plait.bench;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * The hybrid logical clock of a replica, shared by 1 to 8 threads: the time of one call as each of
 * them sees it. With more threads than processors a call also waits for its turn.
 *
 * <p>A stamp that is observed is the next after the clock's own, as that of a peer who has just
 * heard from here, so that the clock has to move each time; reading the clock for it is part of the
 * time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, timeUnit = TimeUnit.MILLISECONDS, time = 500)
@Measurement(iterations = 8, timeUnit = TimeUnit.MILLISECONDS, time = 500)
@Fork(2)
public class Clock {
  private final HybridLogicalClock clock =
      HybridLogicalClock.builder(System::currentTimeMillis).build();

  /** Somebody else, whose changes one thread receives. */
  @State(Scope.Thread)
  public static class Peer {
    private ReplicaId id = Author.id(0);

    /** Gives each thread a peer of its own. */
    @Setup
    public void choose(ThreadParams threads) {
      id = Author.id(1 + threads.getThreadIndex());
    }

    private boolean isObservedBy(HybridLogicalClock clock) {
      return clock.observe(id, clock.peek().next());
    }
  }

  /** Makes sure that the clock has moved, and not so far that it refuses what it is shown. */
  @TearDown
  public void check() {
    HybridTimestamp last = clock.peek();
    if (last.equals(HybridTimestamp.ZERO) || !clock.withinDrift(last)) {
      throw new IllegalStateException("the clock stands at " + last);
    }
  }

  /** Starts the clock, which could be observed before it has issued anything. */
  @Setup
  public void start() {
    clock.raiseTo(clock.now());
  }

  /** Issues stamps, one at once. */
  @Benchmark
  @Threads(1)
  public HybridTimestamp nowOne() {
    return clock.now();
  }

  /** Issues stamps, two at once. */
  @Benchmark
  @Threads(2)
  public HybridTimestamp nowTwo() {
    return clock.now();
  }

  /** Issues stamps, four at once. */
  @Benchmark
  @Threads(4)
  public HybridTimestamp nowFour() {
    return clock.now();
  }

  /** Issues stamps, eight at once. */
  @Benchmark
  @Threads(8)
  public HybridTimestamp nowEight() {
    return clock.now();
  }

  /** Takes note of the stamps of peers, one at once. */
  @Benchmark
  @Threads(1)
  public boolean observeOne(Peer peer) {
    return peer.isObservedBy(clock);
  }

  /** Takes note of the stamps of peers, two at once. */
  @Benchmark
  @Threads(2)
  public boolean observeTwo(Peer peer) {
    return peer.isObservedBy(clock);
  }

  /** Takes note of the stamps of peers, four at once. */
  @Benchmark
  @Threads(4)
  public boolean observeFour(Peer peer) {
    return peer.isObservedBy(clock);
  }

  /** Takes note of the stamps of peers, eight at once. */
  @Benchmark
  @Threads(8)
  public boolean observeEight(Peer peer) {
    return peer.isObservedBy(clock);
  }
}
