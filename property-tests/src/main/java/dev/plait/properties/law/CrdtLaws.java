package dev.plait.properties.law;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import org.opentest4j.TestAbortedException;

/**
 * What every replicated data type promises, as jqwik properties in random histories of two or three
 * replicas: extend it in your tests and say in a {@link Subject} how your type is handled.
 *
 * <p>The laws are those of convergent and commutative replicated data types (Shapiro, Preguiça,
 * Baquero, Zawirski 2011), for types that have operations and states that join; operations are
 * delivered in causal order. Two states are the same when their canonical bytes are.
 *
 * <p>A law that does not hold fails with the shortest history found in which it does not: a line
 * for each thing that happens, with what its replica shows then. If several fail, begin with {@link
 * #concurrentOperationsCommute}, then {@link #snapshotsLoseNothing}: the others build on both.
 *
 * @param <S> the state of one replica
 * @param <O> an operation: what replicas send each other
 */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE)
public abstract class CrdtLaws<S, O> {

  private final Subject<S, O> subject;

  /** For those who extend it. */
  protected CrdtLaws(Subject<S, O> subject) {
    this.subject = subject;
  }

  /** Histories in which replicas edit and get each other's operations, each once. */
  @Provide
  protected Arbitrary<History> operationHistories() {
    return History.ofOperations();
  }

  /** Histories in which replicas also join, get operations again and go on from snapshots. */
  @Provide
  protected Arbitrary<History> histories() {
    return History.ofOperationsAndStates();
  }

  /** Replicas that got the same operations, each in an order of its own, are the same. */
  @Property
  public void concurrentOperationsCommute(@ForAll("operationHistories") History history) {
    law(
        "Concurrent operations commute",
        subject,
        history,
        run -> {
          run.play();
          run.meet();
          assertAllSame(run);
        });
  }

  /** A replica that gets an operation again stays as it is. */
  @Property
  public void operationsDeliveredAgainChangeNothing(@ForAll("histories") History history) {
    law(
        "An operation that is delivered again changes nothing",
        subject,
        history,
        run -> {
          run.play();
          for (int replica = 0; replica < run.replicas(); replica++) {
            S state = run.state(replica);
            String name = run.name(replica);
            byte[] before = subject.canonical(state);
            String shown = subject.show(state);
            for (Made<O> one : run.held(replica)) {
              subject.apply(state, one.operation());
              String again = name + " having got #" + one.number() + " once more";
              assertSame(name, before, () -> shown, again, state);
            }
          }
        });
  }

  /** A joined with B is B joined with A; and what is joined stays as it is itself. */
  @Property
  public void joinIsCommutative(@ForAll("histories") History history) {
    law(
        "Join is commutative",
        subject,
        history,
        run -> {
          run.play();
          S a = run.state(0);
          S b = run.state(1);
          byte[] before = subject.canonical(b);
          String shown = subject.show(b);
          assertSame("A joined with B", joined(a, b), "B joined with A", joined(b, a));
          assertSame("B", before, () -> shown, "B after A joined it", b);
        });
  }

  /** A joined with B and then with C is A joined with what B joined with C is. */
  @Property
  public void joinIsAssociative(@ForAll("histories") History history) {
    law(
        "Join is associative",
        subject,
        history,
        run -> {
          run.play();
          S a = run.state(0);
          S b = run.state(1);
          int last = run.replicas() - 1;
          S c = run.state(last);
          String name = run.name(last);
          assertSame(
              "A joined with B, then with " + name,
              joined(joined(a, b), c),
              "A joined with what B joined with " + name + " is",
              joined(a, joined(b, c)));
        });
  }

  /** A state that is joined with itself, or with one that it has joined, stays as it is. */
  @Property
  public void joinIsIdempotent(@ForAll("histories") History history) {
    law(
        "Join is idempotent",
        subject,
        history,
        run -> {
          run.play();
          S a = run.state(0);
          S b = run.state(1);
          assertSame("A", a, "A joined with A", joined(a, a));
          S once = joined(a, b);
          assertSame("A joined with B", once, "A joined with B twice", joined(once, b));
        });
  }

  /**
   * Whatever happens to a replica, its state only grows: what it was adds nothing to what it is.
   */
  @Property
  public void joinIsMonotone(@ForAll("histories") History history) {
    law(
        "Join is monotone",
        subject,
        history,
        run -> {
          List<S> before = new ArrayList<>();
          for (int replica = 0; replica < run.replicas(); replica++) {
            before.add(subject.empty());
          }
          run.play(
              replica -> {
                S now = run.state(replica);
                String name = run.name(replica);
                S old = before.get(replica);
                subject.join(old, now);
                assertSame(name, now, "what " + name + " was a step before, joined with it", old);
                before.set(replica, subject.copy(now));
              });
        });
  }

  /** Joining a state does what the operations do that it stands for. */
  @Property
  public void joiningAStateEqualsApplyingItsOperations(@ForAll("histories") History history) {
    law(
        "Joining a state equals applying the operations it stands for",
        subject,
        history,
        run -> {
          run.play();
          assertSame(
              "A joined with B",
              joined(run.state(0), run.state(1)),
              "a new replica that got all that A and B have had",
              run.replay(run.held(0, 1)));
        });
  }

  /** What is loaded from a snapshot is the same as what it was taken of. */
  @Property
  public void snapshotsLoseNothing(@ForAll("histories") History history) {
    law(
        "A snapshot loses nothing",
        subject,
        history,
        run -> {
          run.play();
          for (int replica = 0; replica < run.replicas(); replica++) {
            String name = run.name(replica);
            S state = run.state(replica);
            S loaded = subject.load(subject.save(state));
            assertSame(name, state, name + " loaded from its snapshot", loaded);
          }
        });
  }

  /** Replicas that hold the same operations have equal bytes, however they came to hold them. */
  @Property
  public void equalOperationsGiveEqualBytes(@ForAll("histories") History history) {
    law(
        "Equal operations give equal bytes",
        subject,
        history,
        run -> {
          run.play(
              replica ->
                  assertSame(
                      run.name(replica),
                      run.state(replica),
                      "a new replica that got the same operations, in the order of their numbers,",
                      run.replay(run.held(replica))));
          run.meet();
          assertAllSame(run);
        });
  }

  /**
   * Plays a history and checks a law in it; for laws that only your type has. If it fails, the
   * message says which law, tells the history as far as it was played, and then what the check
   * said.
   *
   * @param name the law, as a sentence without its full stop
   * @param subject how the type is handled
   * @param check plays the run, and throws an {@link AssertionError} if the law does not hold
   */
  protected static <S, O> void law(
      String name, Subject<S, O> subject, History history, Consumer<Run<S, O>> check) {
    Run<S, O> run = new Run<>(subject, history);
    try {
      check.accept(run);
    } catch (TestAbortedException aborted) {
      throw aborted;
    } catch (AssertionError failed) {
      throw broken(name, run, String.valueOf(failed.getMessage()), failed);
    } catch (RuntimeException failed) {
      throw broken(name, run, failed.toString(), failed);
    }
  }

  private static AssertionError broken(
      String law, Run<?, ?> run, String verdict, Throwable failure) {
    return new AssertionError(
        law + ". Not so in this history:\n\n" + run + "\n" + verdict, failure);
  }

  /** Asserts that all replicas are the same, and the same as one that got all in their order. */
  protected final void assertAllSame(Run<S, O> run) {
    for (int replica = 1; replica < run.replicas(); replica++) {
      String before = run.name(replica - 1);
      assertSame(before, run.state(replica - 1), run.name(replica), run.state(replica));
    }
    S replayed = run.replay(run.made());
    assertSame(
        "A", run.state(0), "a new replica that got all in the order of the numbers", replayed);
  }

  /**
   * Asserts that the states have equal canonical bytes.
   *
   * @param what whose state the first is, for the message
   * @param other whose state the second is
   */
  protected final void assertSame(String what, S expected, String other, S actual) {
    byte[] bytes = subject.canonical(expected);
    assertSame(what, bytes, () -> subject.show(expected), other, actual);
  }

  private void assertSame(
      String what, byte[] expected, Supplier<String> looks, String other, S actual) {
    byte[] bytes = subject.canonical(actual);
    if (!Arrays.equals(expected, bytes)) {
      String shown = looks.get();
      String shownNow = subject.show(actual);
      String hex = "  " + hex(expected) + "\n  " + hex(bytes);
      throw new AssertionError(
          "These should be the same:\n"
              + ("  " + what + ": " + shown + "\n")
              + ("  " + other + ": " + shownNow)
              + (shown.equals(shownNow)
                  ? "\nThey look alike, but their bytes differ:\n" + hex
                  : ""));
    }
  }

  /** A new state: the first joined with the second, both of which stay as they are. */
  protected final S joined(S state, S other) {
    S joined = subject.copy(state);
    subject.join(joined, other);
    return joined;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
