package dev.plait.properties.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.document.Document;
import dev.plait.document.MapEditor;
import dev.plait.document.NamedEditors;
import dev.plait.document.NamedViews;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import dev.plait.wire.WireCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * Removing a map key that holds a child takes away what the remover had seen of it, and nothing
 * else.
 *
 * <p>One replica makes a child, of any type and up to three maps deep, and another gets it; then
 * one removes the outermost key while the other edits the child.
 */
class ChildRemovalProperties {
  private static final String ROOT = "root";
  private static final String OUTER = "outer";
  private static final String CHILD = "child";

  private Document remover = document(1);
  private Document editor = document(2);

  @BeforeTry
  void startAnew() {
    remover = document(1);
    editor = document(2);
  }

  private static Document document(int replica) {
    return Document.builder("doc", ReplicaId.of(0, replica))
        .clock(HybridLogicalClock.builder(() -> 1_800_000_000_000L).build())
        .codec(WireCodec.create())
        .build();
  }

  @Provide
  Arbitrary<ContainerType> types() {
    return Arbitraries.of(ContainerType.class);
  }

  /** Small numbers that differ, so that each edit can be told from the others. */
  @Provide
  Arbitrary<List<Integer>> edits() {
    return Arbitraries.integers().between(1, 50).list().uniqueElements().ofMinSize(1).ofMaxSize(4);
  }

  @Property
  void whatTheRemoverHadNotSeenSurvivesAndShowsTheChildAgain(
      @ForAll @From("types") ContainerType type,
      @ForAll @IntRange(max = 2) int depth,
      @ForAll @From("edits") List<Integer> seen,
      @ForAll @From("edits") List<Integer> unseen,
      @ForAll boolean removedFirst) {
    make(type, depth, seen);
    remover.transact(tx -> tx.map(ROOT).remove(OUTER));
    assertFalse(remover.map(ROOT).contains(OUTER));
    editor.transact(tx -> edit(place(tx.map(ROOT), depth), name(depth), type, shifted(unseen)));
    exchange(removedFirst);
    for (Document document : List.of(remover, editor)) {
      NamedViews place = document.map(ROOT);
      for (int i = 0; i < depth; i++) {
        place = place.map(i == 0 ? OUTER : CHILD);
      }
      Object expected = edited(type, shifted(unseen));
      assertEquals(expected, shown(place, name(depth), type));
      ContainerType outer = depth == 0 ? type : ContainerType.MAP;
      assertEquals(new Child(outer), document.map(ROOT).content(OUTER));
    }
    assertEquals(Face.of(remover), Face.of(editor));
  }

  @Property
  void withoutConcurrentEditsTheChildIsGoneEverywhere(
      @ForAll @From("types") ContainerType type,
      @ForAll @IntRange(max = 2) int depth,
      @ForAll @From("edits") List<Integer> seen,
      @ForAll boolean removedFirst) {
    make(type, depth, seen);
    remover.transact(tx -> tx.map(ROOT).remove(OUTER));
    editor.transact(tx -> tx.counter("elsewhere").increment());
    exchange(removedFirst);
    for (Document document : List.of(remover, editor)) {
      assertEquals(List.of(), document.map(ROOT).keys());
    }
    assertEquals(Face.of(remover), Face.of(editor));
  }

  @Property
  void aChildMadeAgainAfterItsRemovalStartsEmpty(
      @ForAll @From("types") ContainerType type,
      @ForAll @From("edits") List<Integer> seen,
      @ForAll @From("edits") List<Integer> later) {
    make(type, 0, seen);
    remover.transact(tx -> tx.map(ROOT).remove(OUTER));
    remover.transact(tx -> edit(tx.map(ROOT), OUTER, type, shifted(later)));
    exchange(true);
    for (Document document : List.of(remover, editor)) {
      Object expected = edited(type, shifted(later));
      assertEquals(expected, shown(document.map(ROOT), OUTER, type));
    }
    assertEquals(Face.of(remover), Face.of(editor));
  }

  private void make(ContainerType type, int depth, List<Integer> edits) {
    remover.transact(tx -> edit(place(tx.map(ROOT), depth), name(depth), type, edits));
    editor.apply(remover.changesSince(editor.versionVector()));
  }

  private void exchange(boolean removedFirst) {
    byte[] removal = remover.changesSince(editor.versionVector());
    byte[] edits = editor.changesSince(remover.versionVector());
    if (removedFirst) {
      editor.apply(removal);
      remover.apply(edits);
    } else {
      remover.join(editor.encodedSnapshot());
      editor.join(remover.encodedSnapshot());
    }
  }

  private static MapEditor place(MapEditor root, int depth) {
    MapEditor place = root;
    for (int i = 0; i < depth; i++) {
      place = place.map(i == 0 ? OUTER : CHILD);
    }
    return place;
  }

  private static String name(int depth) {
    return depth == 0 ? OUTER : CHILD;
  }

  /** Out of the way of the numbers that were there before. */
  private static List<Integer> shifted(List<Integer> edits) {
    return edits.stream().map(edit -> edit + 100).toList();
  }

  private static void edit(
      NamedEditors place, String name, ContainerType type, List<Integer> edits) {
    for (int edit : edits) {
      Value value = Value.of(edit);
      switch (type) {
        case REGISTER -> place.register(name).set(value);
        case MV_REGISTER -> place.mvRegister(name).set(value);
        case SET -> place.set(name).add(value);
        case COUNTER -> place.counter(name).add(edit);
        case MAP -> place.map(name).put("key" + edit, value);
        case LIST -> place.list(name).append(value);
        case TEXT -> place.text(name).append(edit + ",");
      }
    }
  }

  /** What is shown when only these edits count. */
  private static Object edited(ContainerType type, List<Integer> edits) {
    int last = edits.get(edits.size() - 1);
    List<Value> values = new ArrayList<>();
    edits.forEach(edit -> values.add(Value.of(edit)));
    return switch (type) {
      case REGISTER -> Optional.of(Value.of(last));
      case MV_REGISTER -> List.of(Value.of(last));
      case SET -> new TreeSet<>(values);
      case COUNTER -> edits.stream().mapToLong(edit -> edit).sum();
      case MAP -> {
        TreeMap<String, Value> entries = new TreeMap<>();
        edits.forEach(edit -> entries.put("key" + edit, Value.of(edit)));
        yield entries;
      }
      case LIST -> values;
      case TEXT -> String.join("", edits.stream().map(edit -> edit + ",").toList());
    };
  }

  private static Object shown(NamedViews place, String name, ContainerType type) {
    return switch (type) {
      case REGISTER -> Optional.ofNullable(place.register(name).get());
      case MV_REGISTER -> place.mvRegister(name).values();
      case SET -> new TreeSet<>(place.set(name).values());
      case COUNTER -> place.counter(name).value();
      case MAP -> {
        TreeMap<String, Value> entries = new TreeMap<>();
        place.map(name).keys().forEach(key -> entries.put(key, place.map(name).get(key)));
        yield entries;
      }
      case LIST -> place.list(name).contents();
      case TEXT -> place.text(name).toString();
    };
  }
}
