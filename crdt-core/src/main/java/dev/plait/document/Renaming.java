package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Contribution;
import dev.plait.crdt.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says the same changes again as those of another replica: the branch that one replica went on
 * after a certain change, with every name in it that the branch gave out.
 *
 * <p>What the branch refers to from before, or from others, keeps its name, and so do all times:
 * what it beat it beats again. Changes are handed in one after the other, in the order in which
 * they were made; a later branch of a second replica may follow the first.
 */
final class Renaming {
  private final ReplicaId to;
  private final Map<ContainerId, Contribution> before;
  private final List<Branch> branches = new ArrayList<>(2);

  /** What the branch has added to each counter so far. */
  private final Map<ContainerId, Contribution> sums = new HashMap<>();

  private long counter;
  private long seq;
  private HybridTimestamp time;

  /** From where on the changes of a replica are another's: what they are called from then on. */
  private record Branch(
      ReplicaId from, long counter, long seq, long time, long newCounter, long newSeq) {}

  /**
   * A renaming to a replica that has made so many changes.
   *
   * @param to who is to have made the changes
   * @param before what the maker of the first branch had added to each counter before it
   * @param counter the counter of its last change before, 0 for none
   * @param seq the sequence number its next element gets
   * @param time the time of its last change before
   */
  Renaming(
      ReplicaId to,
      Map<ContainerId, Contribution> before,
      long counter,
      long seq,
      HybridTimestamp time) {
    this.to = to;
    this.before = new HashMap<>(before);
    this.counter = counter;
    this.seq = seq;
    this.time = time;
  }

  /** The next change, which is the first of its branch if its maker is not that of the last. */
  Change next(Change change) {
    boolean first =
        branches.isEmpty() || !branches.get(branches.size() - 1).from.equals(change.replica());
    TreeSet<Dot> dependencies = new TreeSet<>();
    if (first) {
      branches.add(
          new Branch(
              change.replica(),
              change.counter(),
              change.firstSeq(),
              change.time().bits(),
              counter + 1,
              seq));
      if (change.counter() > 1) {
        dependencies.add(new Dot(change.replica(), change.counter() - 1));
      }
    }
    dependencies.addAll(change.dependencies());
    Change renamed =
        new Change(
            new Dot(to, counter + 1),
            renamed(dependencies),
            time,
            change.time(),
            seq,
            change.operations().stream().map(this::renamed).toList());
    counter++;
    time = change.time();
    for (ContainerOperation operation : change.operations()) {
      seq += operation.operation().idsUsed();
    }
    return renamed;
  }

  /** What a change depends on, without what its maker itself made. */
  private List<Dot> renamed(Set<Dot> dependencies) {
    TreeSet<Dot> others = new TreeSet<>();
    for (Dot dot : dependencies) {
      Branch branch = branch(dot.replica());
      if (branch == null || dot.counter() < branch.counter) {
        others.add(dot);
      }
    }
    others.removeIf(dot -> dot.replica().equals(to));
    return List.copyOf(others);
  }

  private ContainerOperation renamed(ContainerOperation operation) {
    ContainerId container = renamed(operation.container());
    return new ContainerOperation(container, renamed(container, operation.operation()));
  }

  private ContainerId renamed(ContainerId container) {
    Deque<ContainerId> path = new ArrayDeque<>();
    boolean same = true;
    for (ContainerId id = container; id != null; id = id.parent()) {
      path.push(id);
      ElementId element = id.element();
      same &= element == null || renamed(element).equals(element);
    }
    if (same) {
      return container;
    }
    ContainerId renamed = path.pop();
    for (ContainerId step : path) {
      String key = step.key();
      ElementId element = step.element();
      if (key != null) {
        renamed = renamed.child(key, step.type());
      } else if (element != null) {
        renamed = renamed.child(renamed(element), step.type());
      }
    }
    return renamed;
  }

  private Operation renamed(ContainerId container, Operation operation) {
    if (operation instanceof Operation.TextInsert insert) {
      return new Operation.TextInsert(
          renamed(insert.first()), origin(insert.left()), origin(insert.right()), insert.text());
    } else if (operation instanceof Operation.TextDelete delete) {
      return new Operation.TextDelete(ranges(delete.ranges()));
    } else if (operation instanceof Operation.ListInsert insert) {
      return new Operation.ListInsert(
          renamed(insert.first()), origin(insert.left()), origin(insert.right()), insert.items());
    } else if (operation instanceof Operation.ListDelete delete) {
      return new Operation.ListDelete(ranges(delete.ranges()));
    } else if (operation instanceof Operation.ListSet set) {
      return new Operation.ListSet(renamed(set.stamp()), renamed(set.element()), set.value());
    } else if (operation instanceof Operation.ListMove move) {
      return new Operation.ListMove(
          renamed(move.stamp()),
          renamed(move.element()),
          renamed(move.position()),
          origin(move.left()),
          origin(move.right()));
    } else if (operation instanceof Operation.SetAdd add) {
      return new Operation.SetAdd(renamed(add.id()), add.value(), ids(add.replaces()));
    } else if (operation instanceof Operation.SetRemove remove) {
      return new Operation.SetRemove(ids(remove.observed()));
    }
    return renamedByStamp(container, operation);
  }

  private Operation renamedByStamp(ContainerId container, Operation operation) {
    if (operation instanceof Operation.RegisterWrite write) {
      return new Operation.RegisterWrite(renamed(write.stamp()), write.value());
    } else if (operation instanceof Operation.RegisterClear clear) {
      return new Operation.RegisterClear(renamed(clear.observed()));
    } else if (operation instanceof Operation.MvWrite write) {
      return new Operation.MvWrite(
          renamed(write.stamp()), write.value(), stamps(write.supersedes()));
    } else if (operation instanceof Operation.MvClear clear) {
      return new Operation.MvClear(stamps(clear.observed()));
    } else if (operation instanceof Operation.CounterAdd add) {
      Operation.CounterAdd renamed = new Operation.CounterAdd(renamed(add.stamp()), add.amount());
      Contribution before = sums.get(container);
      long sum = (before == null ? 0 : before.sum()) + add.amount();
      sums.put(container, new Contribution(renamed.stamp(), sum));
      return renamed;
    } else if (operation instanceof Operation.CounterReset reset) {
      return new Operation.CounterReset(contributions(container, reset.observed()));
    } else if (operation instanceof Operation.MapPut put) {
      return new Operation.MapPut(renamed(put.stamp()), put.key(), put.content());
    } else if (operation instanceof Operation.MapRemove remove) {
      return new Operation.MapRemove(renamed(remove.stamp()), remove.key());
    } else if (operation instanceof Operation.MapClear clear) {
      return new Operation.MapClear(clear.key(), renamed(clear.observed()));
    }
    throw new IllegalStateException("not an operation that can be renamed: " + operation);
  }

  /**
   * What a reset saw. A sum counts everything its replica had added, so one of the branch falls in
   * two: what was added before the branch, and what the branch itself has added so far.
   */
  private List<Contribution> contributions(ContainerId counter, List<Contribution> observed) {
    TreeMap<ReplicaId, Contribution> seen = new TreeMap<>();
    for (Contribution one : observed) {
      ReplicaId author = one.last().replica();
      boolean ofBranch = author.equals(to) || !renamed(one.last()).equals(one.last());
      Contribution taken = takeBefore(counter, author);
      Contribution apart = ofBranch ? taken : one;
      if (apart != null) {
        seen.put(author, apart);
      }
      Contribution sum = sums.get(counter);
      if (ofBranch && sum != null) {
        seen.put(to, sum);
      }
    }
    return List.copyOf(seen.values());
  }

  /** What was added before the branch and not reset in it; now it is. */
  private @Nullable Contribution takeBefore(ContainerId counter, ReplicaId author) {
    boolean isBranched = !author.equals(to) && branch(author) != null;
    return isBranched ? before.remove(counter) : null;
  }

  // ---- names

  private @Nullable Branch branch(ReplicaId replica) {
    for (Branch branch : branches) {
      if (branch.from.equals(replica)) {
        return branch;
      }
    }
    return null;
  }

  private ElementId renamed(ElementId id) {
    Branch branch = branch(id.replica());
    return branch == null || id.seq() < branch.seq
        ? id
        : new ElementId(to, id.seq() - branch.seq + branch.newSeq);
  }

  private @Nullable ElementId origin(@Nullable ElementId id) {
    return id == null ? null : renamed(id);
  }

  private List<ElementId> ids(List<ElementId> ids) {
    return ids.stream().map(this::renamed).sorted().toList();
  }

  /** A range may begin before the branch and end in it. */
  private List<ElementRange> ranges(List<ElementRange> ranges) {
    List<ElementRange> renamed = new ArrayList<>();
    for (ElementRange range : ranges) {
      Branch branch = branch(range.first().replica());
      long before = branch == null ? range.length() : branch.seq - range.first().seq();
      int old = (int) Math.max(0, Math.min(range.length(), before));
      if (old > 0) {
        join(renamed, new ElementRange(range.first(), old));
      }
      if (old < range.length()) {
        ElementId first = renamed(range.first().plus(old));
        join(renamed, new ElementRange(first, range.length() - old));
      }
    }
    return renamed;
  }

  /** What the branches made apart may stand side by side under one name. */
  private static void join(List<ElementRange> ranges, ElementRange next) {
    ElementRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
    if (last != null && last.last().plus(1).equals(next.first())) {
      ranges.set(ranges.size() - 1, new ElementRange(last.first(), last.length() + next.length()));
    } else {
      ranges.add(next);
    }
  }

  private Stamp renamed(Stamp stamp) {
    Branch branch = branch(stamp.replica());
    return branch == null || stamp.time().bits() < branch.time
        ? stamp
        : new Stamp(stamp.time(), to, stamp.ordinal());
  }

  private List<Stamp> stamps(List<Stamp> stamps) {
    return stamps.stream().map(this::renamed).sorted().toList();
  }
}
