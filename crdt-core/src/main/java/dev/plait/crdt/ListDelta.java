package dev.plait.crdt;

import dev.plait.value.Content;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changed in a {@link dev.plait.crdt.List}: applied to the elements before, it gives those
 * after.
 *
 * <p>A delta is a list of {@linkplain #steps() steps} read from left to right, counted in elements.
 * It is canonical: neighbours of one kind are merged, at one place the insertion comes before the
 * deletion, no step is empty and the last one is no retain. Immutable; safe to share between
 * threads.
 */
public final class ListDelta implements Patch {
  private static final ListDelta EMPTY = new ListDelta(List.of());

  private final List<DeltaStep<List<Content>>> steps;

  private ListDelta(List<DeltaStep<List<Content>>> steps) {
    this.steps = List.copyOf(steps);
  }

  /** The delta that changes nothing. */
  public static ListDelta empty() {
    return EMPTY;
  }

  /**
   * The delta that replaces {@code deleted} elements at {@code index} by {@code inserted}.
   *
   * @throws EditException INDEX_OUT_OF_RANGE if a number is negative
   */
  public static ListDelta splice(int index, int deleted, List<? extends Content> inserted) {
    return builder().retain(index).insert(List.copyOf(inserted)).delete(deleted).build();
  }

  /**
   * The delta that takes the element at {@code from}, which holds {@code content}, away and puts it
   * where it then has the index {@code to}.
   *
   * @throws EditException INDEX_OUT_OF_RANGE if a number is negative
   */
  public static ListDelta move(int from, int to, Content content) {
    DeltaBuilder<List<Content>, ListDelta> delta = builder();
    if (to <= from) {
      return delta.retain(to).insert(List.of(content)).retain(from - to).delete(1).build();
    }
    return delta.retain(from).delete(1).retain(to - from).insert(List.of(content)).build();
  }

  /** Makes a delta from steps given from left to right. */
  public static DeltaBuilder<List<Content>, ListDelta> builder() {
    return new DeltaBuilder<>(Pieces.OF_LIST, ListDelta::new);
  }

  /** The steps from left to right; everything after the last one stays. */
  public List<DeltaStep<List<Content>>> steps() {
    return steps;
  }

  @Override
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /**
   * The elements after, given those before. Linear in both.
   *
   * @throws EditException INDEX_OUT_OF_RANGE if {@code before} is shorter than this delta reads
   */
  public List<Content> applyTo(List<? extends Content> before) {
    return DeltaReader.apply(steps, List.copyOf(before), Pieces.OF_LIST);
  }

  /**
   * One delta that does what this one and then {@code next} do. Linear in the steps and inserted
   * elements of both.
   */
  public ListDelta compose(ListDelta next) {
    return DeltaReader.compose(steps, next.steps, Pieces.OF_LIST, builder());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ListDelta delta && steps.equals(delta.steps);
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
