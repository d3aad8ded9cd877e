package dev.plait.properties.specification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.clock.VersionVector;
import dev.plait.crdt.Operation;
import dev.plait.document.Document;
import dev.plait.document.MapEditor;
import dev.plait.properties.document.Visible;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import dev.plait.wire.WireCodec;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What specifications make of changes that say too little, or the wrong thing. */
class SpecificationTest {
  private static final ReplicaId ANNA = ReplicaId.of(0, 1);
  private static final ReplicaId BEN = ReplicaId.of(0, 2);
  private static final ContainerId MAP = ContainerId.root("map", ContainerType.MAP);
  private static final ContainerId TEXT = MAP.child("key", ContainerType.TEXT);
  private static final Value A = Value.of("a");
  private static final Value B = Value.of("b");

  // ---- what operations say is not believed

  @Test
  void aRemoveTakesAwayEveryAddItsMakerHadSeenWhateverItNames() {
    ElementId first = new ElementId(ANNA, 1);
    List<Event> events =
        List.of(
            event(0, new Operation.SetAdd(first, A, List.of())),
            event(1, new Operation.SetAdd(new ElementId(BEN, 1), A, List.of())),
            event(2, new Operation.SetAdd(new ElementId(BEN, 2), B, List.of()), 1),
            event(3, new Operation.SetRemove(List.of(first)), 0, 1, 2));
    assertEquals(Set.of(B), TypeSpecification.set(events));
  }

  @Test
  void aWriteMadeAfterSeeingAnotherBeatsItWhateverTheirStampsSay() {
    List<Event> events =
        List.of(
            event(0, new Operation.RegisterWrite(stamp(ANNA, 9), A)),
            event(1, new Operation.RegisterWrite(stamp(BEN, 1), B), 0));
    assertEquals(Optional.of(B), TypeSpecification.register(events));
  }

  @Test
  void concurrentWritesAreDecidedByTheirStamps() {
    List<Event> events =
        List.of(
            event(0, new Operation.RegisterWrite(stamp(ANNA, 9), A)),
            event(1, new Operation.RegisterWrite(stamp(BEN, 1), B)));
    assertEquals(Optional.of(A), TypeSpecification.register(events));
  }

  @Test
  void aRemovedKeyTakesAwayWhatItsMakerHadSeenBelowItEvenIfNothingSpellsThatOut() {
    Change made = change(ANNA, 1, List.of(), put(ANNA), insert(ANNA, "seen"));
    Change removed = change(BEN, 1, List.of(made.dot()), on(MAP, remove(BEN)));
    Change beside = change(ANNA, 2, List.of(), insert(ANNA, 5, "unseen"));
    assertEquals(Map.of(MAP, Map.of()), DocumentSpecification.visible(List.of(removed, made)));
    assertEquals(
        Map.of(MAP, Map.of("key", new Child(ContainerType.TEXT)), TEXT, "unseen"),
        DocumentSpecification.visible(List.of(beside, removed, made)));
  }

  // ---- removals of what only shows again

  @ParameterizedTest
  @EnumSource
  void aChildThatShowsAgainBesideItsRemovalCanBeRemovedAgain(ContainerType type) {
    Document anna = document(ANNA);
    Document ben = document(BEN);
    anna.transact(tx -> edit(tx.map("map"), type, A));
    exchange(anna, ben);
    anna.transact(tx -> tx.map("map").remove("key"));
    ben.transact(tx -> edit(tx.map("map"), type, B));
    exchange(anna, ben);
    assertEquals(new Child(type), anna.map("map").content("key"));
    assertIsAsSpecified(anna);
    anna.transact(tx -> assertTrue(tx.map("map").remove("key")));
    assertEquals(List.of(), anna.map("map").keys());
    assertIsAsSpecified(anna);
    exchange(anna, ben);
    assertIsAsSpecified(ben);
  }

  private static void assertIsAsSpecified(Document document) {
    List<Change> applied = document.changes(VersionVector.empty());
    assertEquals(DocumentSpecification.visible(applied), Visible.of(document));
  }

  // ---- what can't be a history

  @Test
  void aChangeWithoutWhatItDependsOnIsRefused() {
    Change made = change(ANNA, 1, List.of(), insert(ANNA, "a"));
    Change later = change(BEN, 1, List.of(made.dot()), insert(BEN, "b"));
    assertRefused("is not among the changes", List.of(later));
    assertRefused("is not among the changes", List.of(change(ANNA, 2, List.of(), put(ANNA))));
  }

  @Test
  void twoChangesOfOneNameAreRefused() {
    Change one = change(ANNA, 1, List.of(), insert(ANNA, "a"));
    Change other = change(ANNA, 1, List.of(), insert(ANNA, "b"));
    assertRefused("one name for two changes", List.of(one, other));
    assertEquals(
        DocumentSpecification.visible(List.of(one)),
        DocumentSpecification.visible(List.of(one, one)));
  }

  @Test
  void changesThatDependOnEachOtherAreRefused() {
    Change one = change(ANNA, 1, List.of(new Dot(BEN, 1)), insert(ANNA, "a"));
    Change other = change(BEN, 1, List.of(new Dot(ANNA, 1)), insert(BEN, "b"));
    assertRefused("in a circle", List.of(one, other));
  }

  private static void assertRefused(String reason, List<Change> changes) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> DocumentSpecification.visible(changes));
    assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused::getMessage);
  }

  // ---- how they are made

  private static Event event(int number, Operation operation, int... past) {
    BitSet seen = new BitSet();
    for (int one : past) {
      seen.set(one);
    }
    return Event.of(number, seen, operation);
  }

  private static Stamp stamp(ReplicaId replica, int time) {
    return new Stamp(time(time), replica, 0);
  }

  private static HybridTimestamp time(long time) {
    return new HybridTimestamp(HybridTimestamp.MIN_VALID.bits() + time);
  }

  private static Change change(
      ReplicaId author, long counter, List<Dot> dependencies, ContainerOperation... operations) {
    HybridTimestamp previous = counter == 1 ? HybridTimestamp.ZERO : time(counter - 1);
    return new Change(
        new Dot(author, counter), dependencies, previous, time(counter), 1, List.of(operations));
  }

  private static ContainerOperation on(ContainerId container, Operation operation) {
    return new ContainerOperation(container, operation);
  }

  private static ContainerOperation put(ReplicaId author) {
    return on(MAP, new Operation.MapPut(stamp(author, 1), "key", new Child(ContainerType.TEXT)));
  }

  private static Operation remove(ReplicaId author) {
    return new Operation.MapRemove(stamp(author, 1), "key");
  }

  private static ContainerOperation insert(ReplicaId author, String text) {
    return insert(author, 1, text);
  }

  private static ContainerOperation insert(ReplicaId author, long seq, String text) {
    return on(TEXT, new Operation.TextInsert(new ElementId(author, seq), null, null, text));
  }

  private static Document document(ReplicaId replica) {
    return Document.builder("doc", replica)
        .clock(HybridLogicalClock.builder(() -> 1_800_000_000_000L).build())
        .codec(WireCodec.create())
        .build();
  }

  private static void exchange(Document one, Document other) {
    one.apply(other.changesSince(one.versionVector()));
    other.apply(one.changesSince(other.versionVector()));
  }

  private static void edit(MapEditor map, ContainerType type, Value value) {
    switch (type) {
      case REGISTER -> map.register("key").set(value);
      case MV_REGISTER -> map.mvRegister("key").set(value);
      case SET -> map.set("key").add(value);
      case COUNTER -> map.counter("key").add(2);
      case MAP -> map.map("key").put("inner", value);
      case LIST -> map.list("key").append(value);
      case TEXT -> map.text("key").append(value.toString());
    }
  }
}
