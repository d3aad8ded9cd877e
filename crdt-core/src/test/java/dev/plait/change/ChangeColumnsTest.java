package dev.plait.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Operation;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChangeColumnsTest {
  private static final int ROUNDS = 300;
  private static final ContainerId BODY = ContainerId.root("body", ContainerType.TEXT);

  private static ChangeColumns empty() {
    return new ChangeColumns(RandomChanges.AUTHOR, 7, 100, HybridTimestamp.MIN_VALID.bits());
  }

  @Test
  void giveBackTheChangesTheyWereMadeOf() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      List<Change> changes = new RandomChanges(seed).next(40);
      ChangeColumns columns = ChangeColumns.of(changes);
      assertEquals(changes, columns.changes(0, 40));
      assertEquals(changes.subList(11, 29), columns.changes(11, 29));
      assertEquals(changes.get(39).time().bits(), columns.lastTime());
    }
  }

  @Test
  void walkReadsOnWhileTheColumnsGrow() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomChanges source = new RandomChanges(seed);
      ChangeColumns columns = empty();
      ChangeWalk walk = columns.walk();
      List<Change> unread = new ArrayList<>();
      for (int step = 0; step < 60; step++) {
        Change change = source.next();
        unread.add(change);
        columns.add(change);
        while (!unread.isEmpty() && random.nextBoolean()) {
          assertEquals(unread.get(0).time().bits(), walk.time());
          assertEquals(unread.remove(0), walk.change());
        }
      }
    }
  }

  @Test
  void operationsTakenBackLeaveNoTrace() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomChanges source = new RandomChanges(seed);
      ChangeColumns columns = empty();
      List<Change> kept = new ArrayList<>();
      for (int step = 0; step < 40; step++) {
        long nextSeq = columns.nextSeq();
        RandomChanges doomed = new RandomChanges(seed + 1000L * step);
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
          ContainerOperation operation = doomed.operation(i);
          columns.add(operation.container(), operation.operation(), 0);
        }
        assertEquals(count, columns.openOperations());
        for (int i = 0; i < count; i++) {
          columns.removeLast();
        }
        assertEquals(nextSeq, columns.nextSeq());
        Change change = source.next();
        columns.add(change);
        kept.add(change);
      }
      assertEquals(kept, columns.changes(0, kept.size()));
    }
  }

  @Test
  void slicesOfOtherColumnsAddUp() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Change> changes = new RandomChanges(seed).next(40);
      ChangeWalk walk = ChangeColumns.of(changes).walk();
      ChangeColumns copy = empty();
      while (walk.hasNext()) {
        copy.append(walk, 1 + random.nextInt(40 - walk.index()));
      }
      assertEquals(changes, copy.changes(0, 40));
      assertEquals(40, copy.size());
      assertEquals(changes.get(39).counter(), copy.lastCounter());
    }
  }

  @Test
  void walkGoesToWhereAnotherOneIs() {
    List<Change> changes = new RandomChanges(5).next(30);
    ChangeColumns columns = ChangeColumns.of(changes);
    ChangeWalk walk = columns.walk();
    ChangeWalk ahead = columns.walk();
    for (int i = 0; i < 30; i++) {
      ahead.goTo(walk);
      ahead.skip(30 - i);
      assertFalse(ahead.hasNext());
      assertEquals(changes.get(29).time().bits(), ahead.previousTime());
      assertEquals(changes.get(i), walk.change());
    }
  }

  @Test
  void walkTellsWhatTheNextChangesHaveInCommon() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      List<Change> changes = new RandomChanges(seed).next(30);
      ChangeColumns columns = ChangeColumns.of(changes);
      ChangeWalk walk = columns.walk();
      for (int i = 0; i < 30; i++) {
        int until = 1;
        while (i + until < 30 && changes.get(i + until).dependencies().isEmpty()) {
          until++;
        }
        assertEquals(until, walk.untilDependent());
        int alike = walk.alike();
        assertTrue(alike >= 1 && alike <= until);
        for (int j = 0; j < alike; j++) {
          assertEquals(changes.get(i).operations().size(), changes.get(i + j).operations().size());
          assertEquals(
              changes.get(i).time().bits() + j * walk.step(), changes.get(i + j).time().bits());
        }
        int some = 1 + (seed + i) % (30 - i);
        long first = changes.get(i).time().bits();
        long last = changes.get(i + some - 1).time().bits();
        assertTrue(walk.ascends(some, first - 1, last));
        assertFalse(walk.ascends(some, first, last));
        assertFalse(walk.ascends(some, first - 1, last - 1));
        assertEquals(changes.get(i).dependencies(), walk.dependencies());
        walk.skip(1);
      }
    }
  }

  @Test
  void typingIsOneRow() {
    ChangeColumns columns = new ChangeColumns(RandomChanges.AUTHOR);
    for (int i = 1; i <= 100; i++) {
      columns.insertText(BODY, i == 1 ? null : RandomChanges.AUTHOR, i - 1, null, 0, "x");
      columns.endChange(HybridTimestamp.MIN_VALID.bits() + i, List.of());
    }
    for (int i = 100; i > 50; i--) {
      columns.deleteText(BODY, RandomChanges.AUTHOR, i, 1);
      columns.endChange(HybridTimestamp.MIN_VALID.bits() + 300 - i, List.of());
    }
    assertEquals(2, columns.rows().count());
    assertEquals(OperationRows.DELETE_BACK, columns.rows().kind(1));
    ChangeWalk walk = columns.walk();
    walk.enter(130);
    assertTrue(walk.nextPart());
    assertEquals(100, walk.partOperations());
    assertTrue(walk.nextPart());
    assertEquals(30, walk.partOperations());
    assertEquals(71, walk.lowestSeq());
    assertFalse(walk.nextPart());
  }

  @Test
  void writesAndEditsOfSetsStandInColumnsUnlessTheySayOtherwiseThanTheirPlace() {
    ReplicaId author = RandomChanges.AUTHOR;
    ContainerId map = ContainerId.root("map", ContainerType.MAP);
    ContainerId set = ContainerId.root("set", ContainerType.SET);
    long time = HybridTimestamp.MIN_VALID.bits();
    HybridTimestamp now = new HybridTimestamp(time);
    ElementId seen = new ElementId(ReplicaId.of(2, 2), 5);
    List<ContainerOperation> implied =
        List.of(
            new ContainerOperation(
                map, new Operation.MapPut(new Stamp(now, author, 0), "key", Value.of(1))),
            new ContainerOperation(map, new Operation.MapRemove(new Stamp(now, author, 1), "key")),
            new ContainerOperation(
                set, new Operation.SetAdd(new ElementId(author, 1), Value.of(1), List.of(seen))),
            new ContainerOperation(set, new Operation.SetRemove(List.of(seen))));
    List<ContainerOperation> otherwise =
        List.of(
            new ContainerOperation(
                map, new Operation.MapPut(new Stamp(now, author, 3), "key", Value.of(1))),
            new ContainerOperation(
                set, new Operation.SetAdd(new ElementId(author, 9), Value.of(1), List.of())),
            new ContainerOperation(set, new Operation.SetRemove(List.of(seen, seen))));
    ChangeColumns columns = new ChangeColumns(author);
    for (List<ContainerOperation> operations : List.of(implied, otherwise)) {
      columns.add(
          new Change(
              new Dot(author, columns.lastCounter() + 1),
              List.of(),
              new HybridTimestamp(columns.lastTime()),
              new HybridTimestamp(time + columns.size()),
              columns.nextSeq(),
              operations));
    }
    OtherOperations others = columns.rows().others();
    List<Integer> kinds = new ArrayList<>();
    for (int i = 0; i < others.size(); i++) {
      kinds.add(others.kind(i));
    }
    assertEquals(
        List.of(
            OtherOperations.PUT,
            OtherOperations.TAKE,
            OtherOperations.ADD,
            OtherOperations.REMOVE,
            OtherOperations.OBJECT,
            OtherOperations.OBJECT,
            OtherOperations.OBJECT),
        kinds);
    List<Change> back = columns.changes(0, 2);
    assertEquals(implied, back.get(0).operations());
    assertEquals(otherwise, back.get(1).operations());
  }

  @Test
  void changeOfOneOperationEqualsTheSameOneMadeOfLists() {
    ReplicaId author = RandomChanges.AUTHOR;
    ChangeColumns columns = new ChangeColumns(author);
    columns.insertText(BODY, null, 0, null, 0, "x");
    columns.endChange(HybridTimestamp.MIN_VALID.bits(), List.of());
    Change cheap = columns.walk().change();
    Change plain =
        new Change(
            new Dot(author, 1),
            List.of(),
            HybridTimestamp.ZERO,
            HybridTimestamp.MIN_VALID,
            1,
            List.of(
                new ContainerOperation(
                    BODY, new Operation.TextInsert(author, 1, null, 0, null, 0, "x"))));
    assertEquals(plain, cheap);
    assertEquals(plain.hashCode(), cheap.hashCode());
    assertEquals(plain.toString(), cheap.toString());
  }
}
