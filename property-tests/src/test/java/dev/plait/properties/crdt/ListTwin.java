package dev.plait.properties.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.Stamp;
import dev.plait.crdt.ListDelta;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.properties.oracle.PlainList;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list beside its oracle. */
final class ListTwin extends Twin<dev.plait.crdt.List, Content> {
  ListTwin() {
    super(new dev.plait.crdt.List(), new PlainList());
  }

  private PlainList oracle() {
    return (PlainList) plain();
  }

  Operation set(int index, Value value, Stamp stamp) {
    return make(oracle().setAt(index, value, stamp), back -> crdt().set(index, value, stamp, back));
  }

  Operation move(int from, int to, ElementId position, Stamp stamp) {
    return make(
        oracle().moveAt(from, to, position, stamp),
        back -> crdt().move(from, to, position, stamp, back));
  }

  @Override
  dev.plait.crdt.List open(State state) {
    return dev.plait.crdt.List.of((State.OfList) state);
  }

  @Override
  Operation insert(
      dev.plait.crdt.List list,
      int index,
      List<Content> contents,
      ElementId first,
      @Nullable Rollback rollback) {
    return list.insert(index, contents, first, rollback);
  }

  @Override
  Operation delete(dev.plait.crdt.List list, int index, int length, @Nullable Rollback rollback) {
    return list.delete(index, length, rollback);
  }

  @Override
  Operation insertOtherwise(
      dev.plait.crdt.List list,
      int index,
      List<Content> contents,
      ElementId first,
      Rollback rollback) {
    return insert(list, index, contents, first, rollback);
  }

  @Override
  Operation deleteOtherwise(dev.plait.crdt.List list, int index, int length, Rollback rollback) {
    return delete(list, index, length, rollback);
  }

  @Override
  boolean applyOtherwise(
      dev.plait.crdt.List list,
      List<Operation> operations,
      boolean inPieces,
      @Nullable Rollback rollback) {
    return false;
  }

  @Override
  int length(dev.plait.crdt.List list) {
    return list.size();
  }

  @Override
  Object visible(dev.plait.crdt.List list) {
    List<Content> items = list.items();
    List<ElementId> ids = plain().visibleIds(0, plain().length());
    int middle = items.size() / 2;
    if (middle < items.size() && middle < ids.size()) {
      assertEquals(items.get(middle), list.get(middle));
      assertEquals(ids.get(middle), list.idAt(middle));
      assertEquals(middle, list.indexOf(ids.get(middle)));
      assertTrue(list.isVisible(ids.get(middle)));
    }
    List<Content> iterated = new ArrayList<>();
    list.forEach(iterated::add);
    assertEquals(items, iterated);
    return items;
  }

  @Override
  @SuppressWarnings("unchecked")
  Object patched(Object before, Patch patch) {
    return ((ListDelta) patch).applyTo((List<Content>) before);
  }

  @Override
  int whole(int index) {
    return index;
  }

  @Override
  List<Content> contents(int number, int count) {
    List<Content> contents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      contents.add(Words.CONTENTS.get((number + i) % Words.CONTENTS.size()));
    }
    return contents;
  }

  @Override
  Operation forgedInsertion(
      ElementId first, @Nullable ElementId left, @Nullable ElementId right, List<Content> items) {
    return new Operation.ListInsert(first, left, right, items);
  }

  @Override
  Operation forgedDeletion(List<ElementRange> ranges) {
    return new Operation.ListDelete(ranges);
  }
}
