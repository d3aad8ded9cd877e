package dev.plait.properties.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.DeltaStep;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.crdt.Text;
import dev.plait.crdt.TextDelta;
import dev.plait.crdt.TextEdits;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Replacing the whole content of a text by another one. */
class UpdateProperties {
  private static final ReplicaId AUTHOR = ReplicaId.of(0, 1);
  private static final ReplicaId OTHER = ReplicaId.of(0, 2);
  private static final ElementId FIRST = new ElementId(AUTHOR, 1000);

  @Provide
  Arbitrary<String> texts() {
    return words("a", "b", "c", "\ud83d\ude00", "\ud83d\ude01", "\ud83c\ude00", "\n");
  }

  @Provide
  Arbitrary<String> heads() {
    return words("a", "b", "\ud83d\ude00");
  }

  @Provide
  Arbitrary<String> tails() {
    return words("x", "y", "\ud83c\ude00");
  }

  private static Arbitrary<String> words(String... words) {
    return Arbitraries.of(words).list().ofMaxSize(30).map(list -> String.join("", list));
  }

  private static Text textOf(String content) {
    Text text = new Text();
    if (!content.isEmpty()) {
      text.insert(0, content, new ElementId(AUTHOR, 1));
    }
    return text;
  }

  @Property
  void anUpdatedTextIsTheNewTextAndSoAreReplicasThatGetTheOperations(
      @ForAll("texts") String before, @ForAll("texts") String after) {
    Text text = textOf(before);
    Text replica = Text.of(text.state());
    for (Operation operation : text.update(after, FIRST, null)) {
      replica.apply(operation, null);
    }
    assertEquals(after, text.toString());
    assertEquals(text.state(), replica.state());
    assertEquals(List.of(), text.update(after, FIRST.plus(1000), null));
  }

  @Property
  void anUpdateCanBeTakenBackAndToldInColumns(
      @ForAll("texts") String before, @ForAll("texts") String after) {
    Text text = textOf(before);
    State.OfText state = text.state();
    Rollback rollback = new Rollback();
    List<Operation> operations = text.update(after, FIRST, rollback);
    State.OfText updated = text.state();
    rollback.run();
    assertEquals(state, text.state());
    Report report = new Report();
    text.update(after, AUTHOR, FIRST.seq(), rollback, report);
    assertEquals(operations, report.operations);
    assertEquals(updated, text.state());
    rollback.run();
    assertEquals(state, text.state());
  }

  @Property
  void aDeltaBetweenShortTextsIsAsSmallAsTheLongestCommonSubsequenceAllows(
      @ForAll("texts") String before, @ForAll("texts") String after) {
    TextDelta delta = TextDelta.between(before, after);
    assertEquals(after, delta.applyTo(before));
    int touched = 0;
    int index = 0;
    for (DeltaStep<String> step : delta.steps()) {
      if (step instanceof DeltaStep.Insert<String> insert) {
        touched += codePoints(insert.piece());
      } else if (step instanceof DeltaStep.Delete<String> delete) {
        touched += codePoints(before.substring(index, index + delete.count()));
        index += delete.count();
      } else if (step instanceof DeltaStep.Retain<String> retain) {
        index += retain.count();
      }
    }
    int kept = longestCommonSubsequence(before, after);
    assertEquals(codePoints(before) + codePoints(after) - 2 * kept, touched);
  }

  @Property
  void concurrentUpdatesOfDifferentPlacesBothShow(
      @ForAll("heads") String head,
      @ForAll("tails") String tail,
      @ForAll("heads") String newHead,
      @ForAll("tails") String newTail) {
    Text ours = textOf(head + "|" + tail);
    Text theirs = Text.of(ours.state());
    List<Operation> byUs = ours.update(newHead + "|" + tail, FIRST, null);
    List<Operation> byThem = theirs.update(head + "|" + newTail, new ElementId(OTHER, 1), null);
    byThem.forEach(operation -> ours.apply(operation, null));
    byUs.forEach(operation -> theirs.apply(operation, null));
    assertEquals(newHead + "|" + newTail, ours.toString());
    assertEquals(ours.state(), theirs.state());
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  private static int longestCommonSubsequence(String before, String after) {
    int[] a = before.codePoints().toArray();
    int[] b = after.codePoints().toArray();
    int[][] longest = new int[a.length + 1][b.length + 1];
    for (int i = 1; i <= a.length; i++) {
      for (int j = 1; j <= b.length; j++) {
        longest[i][j] =
            a[i - 1] == b[j - 1]
                ? longest[i - 1][j - 1] + 1
                : Math.max(longest[i - 1][j], longest[i][j - 1]);
      }
    }
    return longest[a.length][b.length];
  }

  /** What a text tells of its edits, as operations. */
  private static final class Report implements TextEdits {
    final List<Operation> operations = new ArrayList<>();
    private long next = FIRST.seq();

    @Override
    public void inserted(
        @Nullable ReplicaId leftReplica,
        long leftSeq,
        @Nullable ReplicaId rightReplica,
        long rightSeq,
        String text) {
      ElementId left = leftReplica == null ? null : new ElementId(leftReplica, leftSeq);
      ElementId right = rightReplica == null ? null : new ElementId(rightReplica, rightSeq);
      operations.add(new Operation.TextInsert(new ElementId(AUTHOR, next), left, right, text));
      next += text.length();
    }

    @Override
    public void deleted(ReplicaId owner, long seq, int length, int range) {
      List<ElementRange> ranges = new ArrayList<>();
      if (range > 0) {
        int last = operations.size() - 1;
        ranges.addAll(((Operation.TextDelete) operations.remove(last)).ranges());
      }
      assertEquals(ranges.size(), range);
      ranges.add(new ElementRange(new ElementId(owner, seq), length));
      operations.add(new Operation.TextDelete(ranges));
    }
  }
}
