package dev.plait.properties.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.crdt.Text;
import dev.plait.crdt.TextDelta;
import dev.plait.crdt.TextEdits;
import dev.plait.properties.oracle.PlainText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text beside its oracle. */
final class TextTwin extends Twin<Text, Character> {
  private static final List<String> WORDS =
      List.of("a", "b", "cd", "\ud83d\ude00", "x\ud83d\ude00\ud83c\udf0dy", "efghij", "\u00e9");

  TextTwin() {
    super(new Text(), new PlainText());
  }

  @Override
  Text open(State state) {
    return Text.of((State.OfText) state);
  }

  @Override
  Operation insert(
      Text text,
      int index,
      List<Character> contents,
      ElementId first,
      @Nullable Rollback rollback) {
    return text.insert(index, string(contents), first, rollback);
  }

  @Override
  Operation delete(Text text, int index, int length, @Nullable Rollback rollback) {
    return text.delete(index, length, rollback);
  }

  @Override
  Operation insertOtherwise(
      Text text, int index, List<Character> contents, ElementId first, Rollback rollback) {
    Report report = new Report(first);
    text.insert(index, string(contents), first.replica(), first.seq(), rollback, report);
    assertEquals(1, report.operations.size());
    return report.operations.get(0);
  }

  @Override
  Operation deleteOtherwise(Text text, int index, int length, Rollback rollback) {
    Report report = new Report(null);
    text.delete(index, length, rollback, report);
    assertEquals(List.of(), report.operations);
    return new Operation.TextDelete(report.deleted);
  }

  /** What a text tells of its edits, as operations. */
  private static final class Report implements TextEdits {
    final List<Operation> operations = new ArrayList<>();
    final List<ElementRange> deleted = new ArrayList<>();
    private final @Nullable ElementId first;

    Report(@Nullable ElementId first) {
      this.first = first;
    }

    @Override
    public void inserted(
        @Nullable ReplicaId leftReplica,
        long leftSeq,
        @Nullable ReplicaId rightReplica,
        long rightSeq,
        String text) {
      ElementId left = leftReplica == null ? null : new ElementId(leftReplica, leftSeq);
      ElementId right = rightReplica == null ? null : new ElementId(rightReplica, rightSeq);
      if (first != null) {
        operations.add(new Operation.TextInsert(first, left, right, text));
      }
    }

    @Override
    public void deleted(ReplicaId owner, long seq, int length, int range) {
      assertEquals(deleted.size(), range);
      deleted.add(new ElementRange(new ElementId(owner, seq), length));
    }
  }

  /** As columns, in which operations that continue each other are one row. */
  @Override
  boolean applyOtherwise(
      Text text, List<Operation> operations, boolean inPieces, @Nullable Rollback rollback) {
    List<Operation> rows = inPieces ? TextRows.apart(operations) : TextRows.together(operations);
    for (Operation row : rows) {
      if (row instanceof Operation.TextInsert insert) {
        // What stands around the text must not matter.
        String around = "<" + insert.text() + ">";
        ElementId left = insert.left();
        ElementId right = insert.right();
        assertNull(
            text.applyInsert(
                insert.first().replica(),
                insert.first().seq(),
                left == null ? null : left.replica(),
                left == null ? 0 : left.seq(),
                right == null ? null : right.replica(),
                right == null ? 0 : right.seq(),
                around,
                1,
                around.length() - 1,
                rollback));
      } else if (row instanceof Operation.TextDelete delete) {
        for (ElementRange range : delete.ranges()) {
          ElementId first = range.first();
          assertNull(text.applyDelete(first.replica(), first.seq(), range.length(), rollback));
        }
      }
    }
    return true;
  }

  @Override
  int length(Text text) {
    return text.length();
  }

  @Override
  Object visible(Text text) {
    String whole = text.toString();
    int middle = text.length() / 2;
    assertEquals(whole.substring(0, middle), text.substring(0, middle));
    if (middle > 0) {
      assertEquals(whole.charAt(middle - 1), text.charAt(middle - 1));
    }
    return whole;
  }

  @Override
  Object patched(Object before, Patch patch) {
    return ((TextDelta) patch).applyTo((String) before);
  }

  @Override
  int whole(int index) {
    String text = (String) plain().visible();
    boolean splits =
        index > 0
            && index < text.length()
            && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
    return splits ? index - 1 : index;
  }

  @Override
  List<Character> contents(int number, int count) {
    StringBuilder text = new StringBuilder();
    while (text.length() < count) {
      text.append(WORDS.get((number + text.length()) % WORDS.size()));
    }
    return PlainText.units(text.toString());
  }

  @Override
  Operation forgedInsertion(
      ElementId first,
      @Nullable ElementId left,
      @Nullable ElementId right,
      List<Character> contents) {
    return new Operation.TextInsert(first, left, right, string(contents));
  }

  @Override
  Operation forgedDeletion(List<ElementRange> ranges) {
    return new Operation.TextDelete(ranges);
  }

  private static String string(List<Character> units) {
    StringBuilder text = new StringBuilder();
    units.forEach(text::append);
    return text.toString();
  }
}
