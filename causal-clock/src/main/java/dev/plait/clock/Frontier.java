package dev.plait.clock;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The heads of a version: the fewest dots from which, following dependencies back, everything in it
 * is reached.
 *
 * <p>A new change names the frontier as its dependencies, which says with one dot per concurrent
 * branch what a version vector says with one per replica. A replica's own changes follow one
 * another, so a frontier holds at most one dot of each. Immutable and safe to share; operations
 * cost time in the number of heads, which is small unless many replicas work apart.
 */
public final class Frontier {

  private static final Frontier EMPTY = new Frontier(List.of());

  private final List<Dot> dots;

  private Frontier(List<Dot> dots) {
    this.dots = dots;
  }

  /** The heads of a document nobody has changed. */
  public static Frontier empty() {
    return EMPTY;
  }

  /**
   * These heads. Of several dots of one replica only the highest is kept, because it dominates the
   * others; that no other dot dominates one of these is the caller's knowledge.
   */
  public static Frontier of(Collection<Dot> dots) {
    List<Dot> sorted = new ArrayList<>(dots);
    Collections.sort(sorted);
    List<Dot> heads = new ArrayList<>(sorted.size());
    for (Dot dot : sorted) {
      int last = heads.size() - 1;
      if (last >= 0 && heads.get(last).replica().equals(dot.replica())) {
        heads.set(last, dot);
      } else {
        heads.add(dot);
      }
    }
    return heads.isEmpty() ? EMPTY : new Frontier(List.copyOf(heads));
  }

  /** The heads, sorted; at most one of each replica. */
  public List<Dot> dots() {
    return dots;
  }

  /** How many heads. */
  public int size() {
    return dots.size();
  }

  /** Whether the version is the one nobody has changed. */
  public boolean isEmpty() {
    return dots.isEmpty();
  }

  /** Whether the dot is one of the heads. */
  public boolean contains(Dot dot) {
    return Collections.binarySearch(dots, dot) >= 0;
  }

  /**
   * The heads after one more change: what the change depends on, and its replica's previous change,
   * are heads no more, the change is.
   *
   * @param added a change that is new to this version
   * @param dependencies the changes it names as its dependencies, all of them in this version
   */
  public Frontier advance(Dot added, Collection<Dot> dependencies) {
    List<Dot> heads = new ArrayList<>(dots.size() + 1);
    for (Dot head : dots) {
      if (!dependencies.contains(head)) {
        heads.add(head);
      }
    }
    heads.add(added);
    return of(heads);
  }

  /**
   * The heads of the union of two versions. A head of one side stays a head if the other side does
   * not have it at all, or has it as a head too; otherwise the other side has something after it.
   *
   * @param mine all that the version of this frontier holds
   * @param other the heads of the other version
   * @param theirs all that the other version holds
   */
  public Frontier join(VersionVector mine, Frontier other, VersionVector theirs) {
    List<Dot> heads = new ArrayList<>(dots.size() + other.dots.size());
    addSurvivors(heads, this, other, theirs);
    addSurvivors(heads, other, this, mine);
    return of(heads);
  }

  private static void addSurvivors(
      List<Dot> heads, Frontier side, Frontier opposite, VersionVector oppositeVersion) {
    for (Dot head : side.dots) {
      if (!oppositeVersion.contains(head) || opposite.contains(head)) {
        heads.add(head);
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Frontier frontier && dots.equals(frontier.dots));
  }

  @Override
  public int hashCode() {
    return dots.hashCode();
  }

  /** A short form for people: the heads, sorted. */
  @Override
  public String toString() {
    return dots.toString();
  }
}
