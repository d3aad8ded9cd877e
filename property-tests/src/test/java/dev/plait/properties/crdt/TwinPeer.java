package dev.plait.properties.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Operation;
import dev.plait.properties.history.Choice;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** One replica of a document with a text and a list, which share the ids it gives. */
final class TwinPeer {
  /** Their order is not that of their numbers, nor of their signed halves. */
  private static final List<ReplicaId> NAMES =
      List.of(
          ReplicaId.of(0, 2),
          ReplicaId.of(-1, 1),
          ReplicaId.of(0, 1),
          ReplicaId.of(1, 0),
          ReplicaId.of(0, -1),
          ReplicaId.of(-1, -1),
          ReplicaId.of(1, 7),
          ReplicaId.of(0, 3));

  private static final int PASTE = 20;

  /** One container, and where in it the author's cursor is. */
  static final class Place {
    final Twin<?, ?> twin;
    private int cursor;

    Place(Twin<?, ?> twin) {
      this.twin = twin;
    }
  }

  final int number;
  final Place text = new Place(new TextTwin());
  final Place list = new Place(new ListTwin());
  final BitSet seen = new BitSet();
  private final ReplicaId name;
  private long nextSeq = 1;
  private long time = HybridTimestamp.MIN_VALID.bits();

  TwinPeer(int number) {
    this.number = number;
    this.name = NAMES.get(number);
  }

  Twin<?, ?> twinOf(Operation operation) {
    boolean onText =
        operation instanceof Operation.TextInsert || operation instanceof Operation.TextDelete;
    return (onText ? text : list).twin;
  }

  /** Stamps of this replica are above that of an operation it has heard of. */
  void hear(Operation operation) {
    Stamp stamp = operation.stampOrNull();
    time = stamp == null ? time : Math.max(time, stamp.time().bits());
  }

  /** Stamps of this replica are above those that another one has heard of. */
  void hear(TwinPeer other) {
    time = Math.max(time, other.time);
  }

  BitSet seen() {
    return (BitSet) seen.clone();
  }

  ElementId nextId() {
    return new ElementId(name, nextSeq);
  }

  /** Makes the edit that the choice stands for; returns the operations it took. */
  List<Operation> edit(Place place, Choice choice) {
    return new Edit<>(place, place.twin, choice).make();
  }

  private final class Edit<X> {
    private final Place place;
    private final Twin<?, X> twin;
    private final Choice choice;
    private final List<Operation> made = new ArrayList<>();

    Edit(Place place, Twin<?, X> twin, Choice choice) {
      this.place = place;
      this.twin = twin;
      this.choice = choice;
    }

    List<Operation> make() {
      if (twin instanceof ListTwin elements && twin.length() > 1 && choice.content() % 3 == 0) {
        made.add(replaceOrMove(elements));
        return made;
      }
      int cursor = twin.whole(Math.min(place.cursor, twin.length()));
      int anywhere = twin.whole(choice.placeUpTo(twin.length()));
      int few = 1 + choice.size() % 3;
      int some = 1 + choice.size() % 12;
      switch (choice.kindOf(16)) {
        case 0 -> insert(anywhere, few);
        case 1 -> insert(0, few);
        case 2 -> insert(anywhere, PASTE + choice.size() % PASTE);
        case 3 -> insert(amongTombstones(), few);
        case 4 -> backspace(cursor, few);
        case 5 -> delete(cursor, cursor + few);
        case 6 -> delete(anywhere, anywhere + some);
        case 7 -> {
          delete(anywhere, anywhere + some);
          insert(Math.min(anywhere, twin.length()), some);
        }
        case 8 -> typeBackwards(anywhere, some);
        case 9 -> {
          nextSeq += few;
          insert(cursor, few);
        }
        case 10 -> {
          nextSeq += 1L << (choice.size() % 41);
          insert(cursor, few);
        }
        case 11 -> {
          delete(0, twin.length() / 2);
          insert(0, 1);
        }
        default -> type(cursor, few);
      }
      return made;
    }

    private Operation replaceOrMove(ListTwin elements) {
      int index = choice.placeUpTo(elements.length() - 1);
      time++;
      Stamp stamp = new Stamp(new HybridTimestamp(time), name, 0);
      if (choice.kindOf(3) == 0) {
        return elements.set(index, choice.contentOf(Words.VALUES), stamp);
      }
      int distance = 1 + choice.size() % (elements.length() - 1);
      int to = (index + distance) % elements.length();
      Operation move = elements.move(index, to, nextId(), stamp);
      nextSeq++;
      return move;
    }

    private int amongTombstones() {
      for (int i = 0; i <= twin.length(); i++) {
        int index = (choice.placeUpTo(twin.length()) + i) % (twin.length() + 1);
        if (twin.plain().tombstonesBefore(index) > 0) {
          return twin.whole(index);
        }
      }
      return 0;
    }

    private void type(int cursor, int count) {
      int index = cursor;
      for (int i = 0; i < count; i++) {
        insert(index, 1);
        index = place.cursor;
      }
    }

    private void typeBackwards(int index, int count) {
      for (int i = 0; i < count; i++) {
        insert(index, 1);
      }
    }

    private void backspace(int cursor, int count) {
      int index = cursor;
      for (int i = 0; i < count && index > 0; i++) {
        int before = twin.whole(index - 1);
        delete(before, index);
        index = before;
      }
    }

    private void insert(int index, int count) {
      List<X> contents = twin.contents(choice.content() + made.size(), count);
      made.add(twin.insert(index, contents, nextId()));
      nextSeq += contents.size();
      place.cursor = index + contents.size();
    }

    private void delete(int from, int to) {
      int end = twin.whole(Math.min(to, twin.length()));
      if (from < end) {
        made.add(twin.delete(from, end - from));
        place.cursor = from;
      }
    }
  }
}
