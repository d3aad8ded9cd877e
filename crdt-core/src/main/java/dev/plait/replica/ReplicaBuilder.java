package dev.plait.replica;

import dev.plait.clock.ClockHealth;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.TimeSource;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.schedule.Scheduler;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryStore;
import java.security.SecureRandom;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Describes a replica and makes it. Everything has a default, and everything can be handed in: with
 * a scheduler and time source of your own, nothing happens that you did not cause. Not thread-safe.
 */
public final class ReplicaBuilder {
  private @Nullable ChangeStore store;
  private @Nullable Codec codec;
  private @Nullable Scheduler scheduler;
  private @Nullable RandomGenerator random;
  private TimeSource time = System::currentTimeMillis;
  private Limits limits = Limits.defaults();
  private long idleMillis = 300_000;
  private long tickMillis = 250;
  private CompactionPolicy compaction = CompactionPolicy.defaults();
  private Consumer<ClockHealth> health = event -> {};
  private Consumer<ReplicaEvent> events = event -> {};

  ReplicaBuilder() {}

  /** Where documents are kept; in memory if not set. The replica does not close it. */
  public ReplicaBuilder store(ChangeStore theStore) {
    this.store = theStore;
    return this;
  }

  /** The format of bytes; if not set, the one the class path offers as a service. */
  public ReplicaBuilder codec(Codec theCodec) {
    this.codec = theCodec;
    return this;
  }

  /**
   * Where background work runs; if not set, one daemon thread that ends with the replica. One that
   * is handed in is not closed.
   */
  public ReplicaBuilder scheduler(Scheduler theScheduler) {
    this.scheduler = theScheduler;
    return this;
  }

  /** The wall clock; the system's if not set. */
  public ReplicaBuilder time(TimeSource theTime) {
    this.time = theTime;
    return this;
  }

  /**
   * Where new replica ids and the jitter of waits come from; a {@link SecureRandom} if not set. One
   * that is handed in is used by one thread at a time.
   */
  public ReplicaBuilder random(RandomGenerator theRandom) {
    this.random = theRandom;
    return this;
  }

  /** Bounds on edits, on what waits, and on what peers may send. */
  public ReplicaBuilder limits(Limits theLimits) {
    this.limits = theLimits;
    return this;
  }

  /**
   * How long a document that nobody uses stays in memory, in milliseconds; 5 minutes if not set.
   */
  public ReplicaBuilder idleMillis(long millis) {
    this.idleMillis = millis;
    return this;
  }

  /** The beat at which sessions look for what was lost, in milliseconds; 250 if not set. */
  public ReplicaBuilder tickMillis(long millis) {
    this.tickMillis = millis;
    return this;
  }

  /** When documents are made smaller in the background; {@link CompactionPolicy#defaults}. */
  public ReplicaBuilder compaction(CompactionPolicy policy) {
    this.compaction = policy;
    return this;
  }

  /** Is told when the clock looks wrong, in the background. */
  public ReplicaBuilder onClockHealth(Consumer<ClockHealth> listener) {
    this.health = listener;
    return this;
  }

  /**
   * Is told, in the background, of what happens to the replica that its owner may want to know.
   * What it throws goes to the thread's uncaught exception handler.
   */
  public ReplicaBuilder onEvent(Consumer<ReplicaEvent> listener) {
    this.events = listener;
    return this;
  }

  /**
   * The replica. A store that is new gets an identity; one that {@linkplain ChangeStore#isCopy is a
   * copy} gets another than it had, before anything is written, and {@link
   * ReplicaEvent.IdentityReplaced} says so.
   *
   * @throws ReplicaException CODEC_MISSING
   * @throws dev.plait.store.StoreException if the store can't be read or written
   */
  public Replica build() {
    ChangeStore keeper = store != null ? store : InMemoryStore.empty();
    Codec format = codec != null ? codec : onClassPath();
    Chance chance = new Chance(random != null ? random : new SecureRandom());
    Identity identity = Identity.of(keeper, chance);
    ThreadScheduler own = null;
    Scheduler background = scheduler;
    if (background == null) {
      own = new ThreadScheduler("plait-" + identity.current().brief());
      background = own;
    }
    Scheduler worker = background;
    Consumer<ClockHealth> listener = health;
    HybridLogicalClock clock =
        HybridLogicalClock.builder(time)
            .floor(keeper.clock())
            .onHealth(event -> worker.execute(() -> listener.accept(event)))
            .build();
    Surroundings surroundings =
        new Surroundings(
            identity,
            keeper,
            format,
            worker,
            time,
            limits,
            clock,
            chance,
            tickMillis,
            compaction,
            events,
            new AtomicBoolean(),
            new AtomicInteger(),
            new Tally(),
            new Shared(identity));
    ReplicaId copied = identity.copied();
    if (copied != null) {
      surroundings.tell(
          new ReplicaEvent.IdentityReplaced(
              copied, identity.current(), null, "the store is a copy of another one"));
    }
    return new Replica(surroundings, own, idleMillis);
  }

  private static Codec onClassPath() {
    return ServiceLoader.load(Codec.class)
        .findFirst()
        .orElseThrow(
            () ->
                new ReplicaException(
                    ReplicaException.CODEC_MISSING,
                    "no codec was given and none is on the class path; add the module"
                        + " dev.plait:plait-wire-proto, or call codec(…)"));
  }
}
