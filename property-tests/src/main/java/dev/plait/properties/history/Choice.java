package dev.plait.properties.history;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * An edit as four numbers without meaning of their own: whoever makes the edit interprets each
 * modulo what there is to choose from. So every choice fits every state, and shrinking a number
 * never breaks the history around it.
 *
 * @param kind which sort of edit
 * @param place where
 * @param size how much
 * @param content of what
 */
public record Choice(int kind, int place, int size, int content) {
  private static final int BOUND = 1000;

  /** Any choice; smaller numbers are simpler. */
  public static Arbitrary<Choice> choices() {
    Arbitrary<Integer> number =
        Arbitraries.integers().between(0, BOUND).withDistribution(uniform());
    return Combinators.combine(number, number, number, number).as(Choice::new);
  }

  private static RandomDistribution uniform() {
    return RandomDistribution.uniform();
  }

  /** One of {@code options}, chosen by {@link #kind}. */
  public int kindOf(int options) {
    return kind % options;
  }

  /** A position from 0 to {@code end}, both included. */
  public int placeUpTo(int end) {
    return place % (end + 1);
  }

  /** One of these, chosen by {@link #content}. */
  public <T> T contentOf(List<T> options) {
    return options.get(content % options.size());
  }

  /** One of these, chosen by {@link #place}. */
  public <T> T placeIn(List<T> options) {
    return options.get(place % options.size());
  }
}
