package dev.plait.wire;

import dev.plait.change.ContainerId;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.codec.Limits;
import dev.plait.crdt.Contribution;
import dev.plait.crdt.Operation;
import dev.plait.value.ContainerType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation must keep to, as far as it can be judged from its change alone, so that every
 * replica comes to the same verdict.
 */
final class OperationRules {
  private final Direction direction;
  private final Limits limits;

  OperationRules(Direction direction, Limits limits) {
    this.direction = direction;
    this.limits = limits;
  }

  /** Checks an operation that stands at this place. */
  void check(ContainerId container, Operation operation, OperationPlace place) {
    checkType(container, typeOf(operation));
    switch (container.type()) {
      case REGISTER -> checkRegister(operation, place);
      case MV_REGISTER -> checkMvRegister(operation, place);
      case SET -> checkSet(operation, place);
      case COUNTER -> checkCounter(operation, place);
      case MAP -> checkMap(operation, place);
      case LIST -> checkList(operation, place);
      case TEXT ->
          // All others stand in rows of their own.
          throw direction.invalid("a deletion of nothing; it takes at least one element");
    }
  }

  /** Checks that a container is of the type that its operation is for. */
  void checkType(ContainerId container, ContainerType meant) {
    ContainerType type = container.type();
    if (type != meant) {
      throw direction.invalid(
          "an operation on a "
              + meant.label()
              + " is meant for a "
              + type.label()
              + "; both must be the same");
    }
  }

  /** Checks that an operation of this author can have seen an id if it makes the next ones. */
  void checkSeen(ReplicaId replica, long seq, ReplicaId author, long nextSeq) {
    if (seq >= nextSeq && replica.equals(author)) {
      throw madeLater(new ElementId(replica, seq));
    }
  }

  private RuntimeException madeLater(ElementId id) {
    return direction.invalid("an operation names " + id + ", which its replica makes later");
  }

  /** Checks that an operation carries the stamp and the ids that follow from its place. */
  static void checkImplied(Direction direction, Operation operation, OperationPlace place) {
    Stamp stamp = operation.stampOrNull();
    if (stamp != null && !stamp.equals(place.stamp())) {
      throw direction.invalid(
          "an operation is stamped "
              + stamp
              + "; its place in the change gives it "
              + place.stamp());
    }
    ElementId first = operation.firstId();
    if (first != null && !first.equals(place.firstId())) {
      throw direction.invalid(
          "an operation makes "
              + first
              + " first; its place in the change gives it "
              + place.firstId());
    }
  }

  private static ContainerType typeOf(Operation operation) {
    if (operation instanceof Operation.TextInsert || operation instanceof Operation.TextDelete) {
      return ContainerType.TEXT;
    }
    if (operation instanceof Operation.ListInsert
        || operation instanceof Operation.ListDelete
        || operation instanceof Operation.ListSet
        || operation instanceof Operation.ListMove) {
      return ContainerType.LIST;
    }
    if (operation instanceof Operation.MvWrite || operation instanceof Operation.MvClear) {
      return ContainerType.MV_REGISTER;
    }
    if (operation instanceof Operation.SetAdd || operation instanceof Operation.SetRemove) {
      return ContainerType.SET;
    }
    if (operation instanceof Operation.CounterAdd || operation instanceof Operation.CounterReset) {
      return ContainerType.COUNTER;
    }
    return operation instanceof Operation.RegisterWrite
            || operation instanceof Operation.RegisterClear
        ? ContainerType.REGISTER
        : ContainerType.MAP;
  }

  private void checkRegister(Operation operation, OperationPlace place) {
    if (operation instanceof Operation.RegisterClear clear) {
      checkObserved(clear.observed(), place);
    }
  }

  private void checkMvRegister(Operation operation, OperationPlace place) {
    if (operation instanceof Operation.MvWrite write) {
      write.supersedes().forEach(stamp -> checkObserved(stamp, place));
    } else if (operation instanceof Operation.MvClear clear) {
      clear.observed().forEach(stamp -> checkObserved(stamp, place));
    }
  }

  private void checkSet(Operation operation, OperationPlace place) {
    if (operation instanceof Operation.SetAdd add) {
      add.replaces().forEach(id -> checkNamed(id, place));
    } else if (operation instanceof Operation.SetRemove remove) {
      remove.observed().forEach(id -> checkNamed(id, place));
    }
  }

  private void checkCounter(Operation operation, OperationPlace place) {
    if (operation instanceof Operation.CounterAdd add && add.amount() == 0) {
      throw direction.invalid("nothing is added to a counter; the amount is not 0");
    }
    if (operation instanceof Operation.CounterReset reset) {
      for (Contribution contribution : reset.observed()) {
        checkObserved(contribution.last(), place);
      }
    }
  }

  private void checkMap(Operation operation, OperationPlace place) {
    if (operation instanceof Operation.MapPut put) {
      checkKey(put.key());
    } else if (operation instanceof Operation.MapRemove remove) {
      checkKey(remove.key());
    } else if (operation instanceof Operation.MapClear clear) {
      checkKey(clear.key());
      checkObserved(clear.observed(), place);
    }
  }

  private void checkList(Operation operation, OperationPlace place) {
    if (operation instanceof Operation.ListInsert insert) {
      checkOrigin(insert.left(), place);
      checkOrigin(insert.right(), place);
      checkInsertsSomething(insert.items().size());
    } else if (operation instanceof Operation.ListDelete delete) {
      checkRanges(delete.ranges(), place);
    } else if (operation instanceof Operation.ListSet set) {
      checkNamed(set.element(), place);
    } else if (operation instanceof Operation.ListMove move) {
      checkNamed(move.element(), place);
      checkOrigin(move.left(), place);
      checkOrigin(move.right(), place);
    }
  }

  private void checkKey(String key) {
    NameRules.check(direction, limits, "a key", key);
  }

  private void checkInsertsSomething(int length) {
    if (length == 0) {
      throw direction.invalid("an insert of nothing; it takes at least one element");
    }
  }

  private void checkRanges(List<ElementRange> ranges, OperationPlace place) {
    for (ElementRange range : ranges) {
      checkNamed(range.last(), place);
    }
  }

  private void checkOrigin(@Nullable ElementId origin, OperationPlace place) {
    if (origin != null) {
      checkNamed(origin, place);
    }
  }

  private void checkNamed(ElementId id, OperationPlace place) {
    if (!place.canName(id)) {
      throw madeLater(id);
    }
  }

  // Without this, a stamp from the future could be observed: it would hide every write until then
  // and never pass the bound on clock drift, which looks at the time of the change.
  private void checkObserved(Stamp observed, OperationPlace place) {
    if (!observed.time().isValid() || observed.compareTo(place.stamp()) >= 0) {
      throw direction.invalid(
          "an operation stamped "
              + place.stamp()
              + " claims to have seen "
              + observed
              + "; what it saw has a lower stamp, from 2020 on");
    }
  }
}
