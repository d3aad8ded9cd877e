package dev.plait.sequence;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.TreeMap;
import org.eclipse.collections.impl.list.mutable.primitive.IntArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Merges the runs of another replica's state into a sequence, as if the insertions and deletions
 * they stand for had arrived one by one.
 *
 * <p>The order of a sequence depends only on ids and origins, so it is enough to insert what is new
 * after its origins, in whatever order. What has yet to see its right origin come waits for it.
 * Cost: O(log n) for each run.
 */
public final class Join {
  /** What the user of the sequence does its part of. */
  public interface Contents {
    /** Takes new visible elements: {@code count} of a run, from {@code offset} on. */
    void inserted(int first, int run, int offset, int count);

    /** Whether two visible elements of a run, the second at {@code offset}, are glued. */
    boolean isGlued(int run, int offset);
  }

  private final Sequence target;
  private final RunSource runs;
  private final Contents contents;
  private final ArrayDeque<Part> ready = new ArrayDeque<>();
  private final TreeMap<ElementId, ArrayList<Part>> waiting = new TreeMap<>();

  /**
   * What is wrong with the runs.
   *
   * @param verdict on one of them; null if they don't fit together
   * @param reason for people
   */
  public record Fault(@Nullable Verdict verdict, String reason) {}

  private record Part(int run, int offset, int count) {}

  private Join(Sequence target, RunSource runs, Contents contents) {
    this.target = target;
    this.runs = runs;
    this.contents = contents;
  }

  /**
   * Merges, noting in the journal what was done.
   *
   * @return what is wrong with the runs, in which case what was done has to be taken back; or null
   */
  public static @Nullable Fault merge(Sequence target, RunSource runs, Contents contents) {
    return new Join(target, runs, contents).merge();
  }

  private @Nullable Fault merge() {
    IntArrayList deleted = new IntArrayList();
    for (int run = 0; run < runs.size(); run++) {
      if (runs.length(run) < 1 || runs.seq(run) - 1 > Long.MAX_VALUE - runs.length(run)) {
        return new Fault(null, "run " + run + " is empty or lacks ids");
      }
      Fault fault = takeUnknownParts(run);
      if (fault != null) {
        return fault;
      }
      if (runs.isDeleted(run)) {
        deleted.add(run);
      }
    }
    Fault fault = insertAll();
    if (fault != null) {
      return fault;
    }
    for (int i = 0; i < deleted.size(); i++) {
      int run = deleted.get(i);
      target.delete(replica(runs.owner(run)), runs.seq(run), runs.length(run));
    }
    return null;
  }

  private ReplicaId replica(int owner) {
    return runs.replicas().get(owner);
  }

  /**
   * Adds the parts of a run that are not here, and makes sure that the others are the same here: an
   * author who tells two stories must not get half of what is glued in.
   */
  private @Nullable Fault takeUnknownParts(int run) {
    ReplicaId owner = replica(runs.owner(run));
    int number = target.ids().numberOf(owner);
    int length = runs.length(run);
    int start = 0;
    int at = 0;
    boolean knownBefore = false;
    while (at < length) {
      long seq = runs.seq(run) + at;
      if (number == SpanTree.NONE || target.ids().isNew(number, seq)) {
        if (at > 0 && knownBefore && isGlued(run, at)) {
          return twoStories(run, at);
        }
        break;
      }
      int element = target.find(owner, seq);
      boolean known = element != SpanTree.NONE;
      if (at > 0 && known != knownBefore && isGlued(run, at)) {
        return twoStories(run, at);
      }
      int next = at + 1;
      if (known) {
        if (!agrees(run, at, element)) {
          return twoStories(run, at);
        }
        if (start < at) {
          ready.add(new Part(run, start, at - start));
        }
        int slot = target.tree().find(element);
        next = Math.min(length, at + target.tree().length(slot) - target.tree().offset());
        start = next;
      }
      knownBefore = known;
      at = next;
    }
    if (start < length) {
      ready.add(new Part(run, start, length - start));
    }
    return null;
  }

  private boolean isGlued(int run, int offset) {
    return !runs.isDeleted(run) && contents.isGlued(run, offset);
  }

  private Fault twoStories(int run, int offset) {
    return new Fault(
        Verdict.DUPLICATE_ID,
        new ElementId(replica(runs.owner(run)), runs.seq(run) + offset)
            + " stands for another insertion here");
  }

  private boolean agrees(int run, int offset, int element) {
    int left;
    if (offset > 0) {
      left = target.find(replica(runs.owner(run)), runs.seq(run) + offset - 1);
    } else {
      left = origin(runs.leftOwner(run), runs.leftSeq(run));
    }
    boolean startsAtStart = offset == 0 && runs.leftOwner(run) == RunSource.NONE;
    int right = origin(runs.rightOwner(run), runs.rightSeq(run));
    return left == target.leftOf(element)
        && (left != SpanTree.NONE || startsAtStart)
        && right == target.rightOf(element)
        && (right != SpanTree.NONE || runs.rightOwner(run) == RunSource.NONE);
  }

  private int origin(int owner, long seq) {
    return owner == RunSource.NONE ? SpanTree.NONE : target.find(replica(owner), seq);
  }

  private @Nullable Fault insertAll() {
    postpone();
    while (!ready.isEmpty()) {
      Part part = ready.remove();
      Verdict verdict = prepare(part);
      switch (verdict) {
        case ACCEPTED -> insert(part);
        case NO_LEFT_ORIGIN -> await(leftOf(part), part);
        case NO_RIGHT_ORIGIN -> {
          int owner = runs.rightOwner(part.run);
          await(new ElementId(replica(owner), runs.rightSeq(part.run)), part);
        }
        case KNOWN, DUPLICATE_ID -> {
          return new Fault(Verdict.DUPLICATE_ID, "run " + part.run + " repeats an id");
        }
        case ORIGINS_CROSSED, FORGED_SIBLING -> {
          return new Fault(verdict, "run " + part.run + " has origins that no author can have had");
        }
      }
    }
    return waiting.isEmpty() ? null : new Fault(null, "runs of the state wait for each other");
  }

  /**
   * Inserts what has its origins, going from start to end, and puts the rest into reverse order:
   * left origins stand before what names them and right origins behind, so that little has to wait.
   */
  private void postpone() {
    ArrayDeque<Part> postponed = new ArrayDeque<>();
    for (Part part = ready.poll(); part != null; part = ready.poll()) {
      if (prepare(part) == Verdict.ACCEPTED) {
        insert(part);
      } else {
        postponed.push(part);
      }
    }
    ready.addAll(postponed);
  }

  private void await(ElementId origin, Part part) {
    waiting.computeIfAbsent(origin, any -> new ArrayList<>()).add(part);
  }

  private ElementId leftOf(Part part) {
    int run = part.run;
    return part.offset > 0
        ? new ElementId(replica(runs.owner(run)), runs.seq(run) + part.offset - 1)
        : new ElementId(replica(runs.leftOwner(run)), runs.leftSeq(run));
  }

  private Verdict prepare(Part part) {
    int run = part.run;
    int leftOwner = part.offset > 0 ? runs.owner(run) : runs.leftOwner(run);
    long leftSeq = part.offset > 0 ? runs.seq(run) + part.offset - 1 : runs.leftSeq(run);
    int rightOwner = runs.rightOwner(run);
    return target.prepare(
        replica(runs.owner(run)),
        runs.seq(run) + part.offset,
        part.count,
        leftOwner == RunSource.NONE ? null : replica(leftOwner),
        leftSeq,
        rightOwner == RunSource.NONE ? null : replica(rightOwner),
        runs.rightSeq(run));
  }

  private void insert(Part part) {
    int run = part.run;
    boolean visible = !runs.isDeleted(run);
    int first = target.insertPrepared(visible);
    if (visible) {
      contents.inserted(first, run, part.offset, part.count);
    }
    if (!waiting.isEmpty()) {
      ReplicaId owner = replica(runs.owner(run));
      long seq = runs.seq(run) + part.offset;
      var woken =
          waiting.subMap(
              new ElementId(owner, seq), true, new ElementId(owner, seq + part.count - 1), true);
      woken.values().forEach(ready::addAll);
      woken.clear();
    }
  }
}
