package dev.plait.peers.task;

import dev.plait.peers.engine.Copy;
import dev.plait.peers.engine.Engine;
import dev.plait.peers.work.Edit;
import dev.plait.peers.work.Script;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks, done with one library and one script. What is not the work itself is prepared outside
 * the clock; every run is checked.
 */
public final class Tasks {
  /** So many replicas are opened to see what one takes. */
  private static final int HELD = 4;

  private final Engine engine;
  private final Script script;
  private final Runs runs;

  /** The tasks for a library and a script. */
  public Tasks(Engine engine, Script script, Runs runs) {
    this.engine = engine;
    this.script = script;
    this.runs = runs;
  }

  /**
   * What came out of a task.
   *
   * @param reason why it was not done; null if it was
   * @param times null if it measures no time
   * @param bytes of what was sent, saved or held; null if nothing was
   * @param changes how many were applied; null if that says nothing
   */
  public record Outcome(
      @Nullable String reason,
      Runs.@Nullable Times times,
      @Nullable Long bytes,
      @Nullable Integer changes) {
    static Outcome of(Runs.Times times) {
      return new Outcome(null, times, null, null);
    }

    static Outcome of(Runs.Times times, long bytes) {
      return new Outcome(null, times, bytes, null);
    }

    static Outcome notDone(String reason) {
      return new Outcome(reason, null, null, null);
    }
  }

  /** Does a task. */
  public Outcome run(Task task) {
    String reason = engine.reasonAgainst(script);
    if (reason != null) {
      return Outcome.notDone(reason);
    }
    return switch (task) {
      case LOCAL -> local();
      case REMOTE -> remote();
      case HISTORY -> history();
      case OPEN -> open();
      case MEMORY -> memory();
      case MERGE -> merge();
      case JOIN -> join();
      case ADD -> add();
      case EXCHANGE -> script.users().size() == 1 ? follow() : exchange();
      case FAN_IN -> fanIn();
    };
  }

  // ---- one user

  private Outcome local() {
    Object expected = Model.after(script);
    List<List<Edit>> transactions = script.user(0);
    return Outcome.of(
        runs.of(
            () -> {
              try (Copy copy = create(0)) {
                long start = System.nanoTime();
                make(copy, transactions);
                long nanos = System.nanoTime() - start;
                require(expected, copy);
                return nanos;
              }
            }));
  }

  private Outcome remote() {
    List<byte[]> updates = updates(0);
    Runs.Times times = runs.of(() -> taking(updates));
    return new Outcome(null, times, size(updates), updates.size());
  }

  private Outcome history() {
    byte[] history;
    try (Copy author = made(0)) {
      history = author.history();
    }
    return Outcome.of(runs.of(() -> taking(List.of(history))), history.length);
  }

  /** A new replica takes these, which are all of user 0's. */
  private long taking(List<byte[]> updates) {
    try (Copy copy = create(1)) {
      long start = System.nanoTime();
      take(copy, updates);
      long nanos = System.nanoTime() - start;
      require(Model.after(script), copy);
      return nanos;
    }
  }

  private Outcome open() {
    byte[] saved = saved();
    Object expected = Model.after(script);
    return Outcome.of(
        runs.of(
            () -> {
              long start = System.nanoTime();
              try (Copy copy = engine.open(saved, 1, script.root())) {
                Object content = copy.content();
                long nanos = System.nanoTime() - start;
                require(expected, content);
                return nanos;
              }
            }),
        saved.length);
  }

  private byte[] saved() {
    try (Copy author = made(0)) {
      return author.save();
    }
  }

  private Outcome memory() {
    if (!engine.isOnHeap()) {
      return Outcome.notDone("its memory is not on the heap of the JVM");
    }
    byte[] saved = saved();
    // What all of them share is loaded with the first, and not counted.
    List<Copy> held = new ArrayList<>(List.of(engine.open(saved, 1, script.root())));
    try {
      long before = usedBytes();
      for (int i = 0; i < HELD; i++) {
        held.add(engine.open(saved, 1, script.root()));
      }
      return new Outcome(null, null, (usedBytes() - before) / HELD, null);
    } finally {
      Reference.reachabilityFence(held);
    }
  }

  private static long usedBytes() {
    // The second collection takes what the first one only made ready to go.
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  // ---- two

  private Outcome merge() {
    try (Copy author = made(0)) {
      byte[] history = author.history();
      return meeting(
          author.save(),
          history,
          copy -> copy.apply(history),
          (other, copy) -> other.apply(copy.history()));
    }
  }

  private Outcome join() {
    byte[] saved = saved();
    return meeting(
        saved, saved, copy -> copy.join(saved), (other, copy) -> other.join(copy.save()));
  }

  /**
   * User 1 takes what user 0 has done, in this way. Who wins may depend on the clock; so what has
   * to come out is what comes out where both meet the other way round.
   */
  private Outcome meeting(
      byte[] saved, byte[] taken, Consumer<Copy> way, BiConsumer<Copy, Copy> otherWay) {
    return Outcome.of(
        runs.of(
            () -> {
              try (Copy copy = made(1);
                  Copy other = engine.open(saved, 2, script.root())) {
                long start = System.nanoTime();
                way.accept(copy);
                long nanos = System.nanoTime() - start;
                otherWay.accept(other, copy);
                require(other.content(), copy);
                return nanos;
              }
            }),
        taken.length);
  }

  private Outcome add() {
    byte[] saved = saved();
    List<byte[]> updates;
    Object expected;
    try (Copy other = engine.open(saved, 1, script.root())) {
      other.startRecording();
      make(other, script.user(1));
      updates = other.takeUpdates();
      expected = other.content();
    }
    Runs.Times times =
        runs.of(
            () -> {
              try (Copy copy = engine.open(saved, 2, script.root())) {
                long start = System.nanoTime();
                take(copy, updates);
                long nanos = System.nanoTime() - start;
                require(expected, copy);
                return nanos;
              }
            });
    return new Outcome(null, times, size(updates), updates.size());
  }

  /** The second replica follows the first change by change. */
  private Outcome follow() {
    Object expected = Model.after(script);
    Runs.Times times =
        runs.of(
            () -> {
              try (Copy author = create(0);
                  Copy follower = create(1)) {
                author.startRecording();
                long start = System.nanoTime();
                for (List<Edit> transaction : script.user(0)) {
                  author.transact(transaction);
                  take(follower, author.takeUpdates());
                }
                long nanos = System.nanoTime() - start;
                require(expected, author);
                require(expected, follower);
                return nanos;
              }
            });
    return Outcome.of(times, saved().length);
  }

  /** Both work apart and then take each other's changes. */
  private Outcome exchange() {
    long[] bytes = new long[1];
    Runs.Times times =
        runs.of(
            () -> {
              try (Copy one = create(0);
                  Copy other = create(1)) {
                one.startRecording();
                other.startRecording();
                long start = System.nanoTime();
                make(one, script.user(0));
                make(other, script.user(1));
                take(one, other.takeUpdates());
                take(other, one.takeUpdates());
                long nanos = System.nanoTime() - start;
                require(one.content(), other);
                bytes[0] = one.save().length;
                return nanos;
              }
            });
    return Outcome.of(times, bytes[0]);
  }

  // ---- many

  private Outcome fanIn() {
    List<byte[]> updates = new ArrayList<>();
    for (int user = 0; user < script.users().size(); user++) {
      updates.addAll(updates(user));
    }
    Object merged;
    long bytes;
    try (Copy copy = create(script.users().size())) {
      take(copy, updates);
      merged = copy.content();
      bytes = copy.save().length;
    }
    return Outcome.of(
        runs.of(
            () -> {
              try (Copy copy = create(script.users().size())) {
                long start = System.nanoTime();
                take(copy, updates);
                long nanos = System.nanoTime() - start;
                require(merged, copy);
                return nanos;
              }
            }),
        bytes);
  }

  // ---- parts of tasks

  private Copy create(int user) {
    return engine.create(user, script.root());
  }

  private Copy made(int user) {
    Copy copy = create(user);
    make(copy, script.user(user));
    return copy;
  }

  private List<byte[]> updates(int user) {
    try (Copy author = create(user)) {
      author.startRecording();
      make(author, script.user(user));
      return author.takeUpdates();
    }
  }

  private static void make(Copy copy, List<List<Edit>> transactions) {
    for (int i = 0; i < transactions.size(); i++) {
      copy.transact(transactions.get(i));
    }
  }

  private static void take(Copy copy, List<byte[]> updates) {
    for (int i = 0; i < updates.size(); i++) {
      copy.apply(updates.get(i));
    }
  }

  private static long size(List<byte[]> updates) {
    return updates.stream().mapToLong(update -> update.length).sum();
  }

  private void require(Object expected, Copy copy) {
    require(expected, copy.content());
  }

  private void require(Object expected, Object content) {
    if (!expected.equals(content)) {
      throw new IllegalStateException(
          engine.name() + " does not end with the right content of " + script.name());
    }
  }
}
