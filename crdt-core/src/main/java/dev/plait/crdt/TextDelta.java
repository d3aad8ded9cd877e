package dev.plait.crdt;

import dev.plait.value.Unicode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changed in a {@link Text}: applied to the text before, it gives the text after.
 *
 * <p>A delta is a list of {@linkplain #steps() steps} read from left to right, counted in UTF-16
 * units. It is canonical: neighbours of one kind are merged, at one place the insertion comes
 * before the deletion, no step is empty and the last one is no retain. Immutable; safe to share
 * between threads.
 */
public final class TextDelta implements Patch {
  private static final TextDelta EMPTY = new TextDelta(List.of());

  private final List<DeltaStep<String>> steps;

  private TextDelta(List<DeltaStep<String>> steps) {
    this.steps = List.copyOf(steps);
  }

  /** The delta that changes nothing. */
  public static TextDelta empty() {
    return EMPTY;
  }

  /**
   * The delta that replaces {@code deleted} units at {@code index} by {@code inserted}.
   *
   * @throws EditException INDEX_OUT_OF_RANGE if a number is negative
   */
  public static TextDelta splice(int index, int deleted, String inserted) {
    return builder().retain(index).insert(inserted).delete(deleted).build();
  }

  /**
   * The delta that turns one text into another: as small as possible where the texts differ in some
   * thousands of units or less; where they differ more, what is alike may also be replaced. Never
   * parts surrogate pairs. Linear in the texts, plus a bounded amount of work on what differs.
   *
   * <p>The pieces it keeps are found as in Myers, "An O(ND) Difference Algorithm and Its
   * Variations", 1986.
   *
   * @throws EditException LONE_SURROGATE if either text holds half a surrogate pair
   */
  public static TextDelta between(String before, String after) {
    requireWellFormed(before);
    requireWellFormed(after);
    return TextDiff.between(before, after);
  }

  private static void requireWellFormed(String text) {
    int lone = Unicode.loneSurrogate(text);
    if (lone >= 0) {
      throw new EditException(
          EditException.LONE_SURROGATE,
          "unit " + lone + " of a text to compare is half a surrogate pair; use whole pairs");
    }
  }

  /** Makes a delta from steps given from left to right. */
  public static DeltaBuilder<String, TextDelta> builder() {
    return new DeltaBuilder<>(Pieces.OF_TEXT, TextDelta::new);
  }

  /** The steps from left to right; everything after the last one stays. */
  public List<DeltaStep<String>> steps() {
    return steps;
  }

  @Override
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /**
   * The text after, given the text before. Linear in both.
   *
   * @throws EditException INDEX_OUT_OF_RANGE if {@code before} is shorter than this delta reads
   */
  public String applyTo(String before) {
    return DeltaReader.apply(steps, before, Pieces.OF_TEXT);
  }

  /**
   * One delta that does what this one and then {@code next} do. Linear in the steps and inserted
   * text of both.
   */
  public TextDelta compose(TextDelta next) {
    return DeltaReader.compose(steps, next.steps, Pieces.OF_TEXT, builder());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TextDelta delta && steps.equals(delta.steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }

  /** The steps, for people. */
  @Override
  public String toString() {
    return steps.toString();
  }
}
