package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.ReplicaId;
import dev.plait.value.Unicode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Operations that no honest replica makes: every replica comes to the same verdict. */
class TextForgeryTest {
  private static final String SMILE = "\uD83D\uDE00";

  private static ElementId id(int replica, long seq) {
    return new ElementId(ReplicaId.of(0, replica), seq);
  }

  private static Operation.TextInsert insert(
      ElementId first, @Nullable ElementId left, @Nullable ElementId right, String text) {
    return new Operation.TextInsert(first, left, right, text);
  }

  private static Operation.TextDelete delete(ElementId first, int length) {
    return new Operation.TextDelete(List.of(new ElementRange(first, length)));
  }

  private static void assertInvalid(String code, Text text, Operation operation) {
    State.OfText before = text.state();
    OperationException failure =
        assertThrows(OperationException.class, () -> text.apply(operation, null));
    assertEquals(code, failure.code());
    assertTrue(failure.refusal() instanceof Refusal.Invalid);
    assertEquals(before, text.state());
  }

  @Test
  void secondElementOfOneAuthorBetweenTheSameOriginsIsRefusedAmongAnySiblings() {
    Operation sibling = insert(id(5, 1), null, null, "own");
    for (int others = 0; others < 64; others++) {
      Text text = new Text();
      for (int other = 1; other <= 7; other++) {
        if (other == 4) {
          text.apply(sibling, null);
        } else if ((others >> (other - 1) & 1) != 0) {
          text.apply(insert(id(other > 4 ? other + 2 : other, 1), null, null, "o"), null);
        }
      }
      assertInvalid("FORGED_SIBLING", text, insert(id(5, 9), null, null, "x"));
    }
  }

  @Test
  void forgedSiblingsAreRefusedHoweverMany() {
    Text text = new Text();
    text.insert(0, "ab", id(9, 1));
    for (int author = 1; author <= 3; author++) {
      text.apply(insert(id(author, 1), id(9, 1), id(9, 2), "o"), null);
    }
    State.OfText before = text.state();
    ReplicaId own = id(9, 1).replica();
    for (int seq = 2; seq < 100_000; seq++) {
      ReplicaId forger = id(1 + seq % 3, seq).replica();
      Refusal refusal = text.applyInsert(forger, seq, own, 1, own, 2, "x", 0, 1, null);
      assertEquals("FORGED_SIBLING", refusal instanceof Refusal.Invalid it ? it.code() : "none");
    }
    assertEquals(before, text.state());
    text.checkInvariants();
  }

  @Test
  void forgedSiblingOfALaterUnitOfARunIsRefused() {
    Text text = new Text();
    text.insert(0, "abc", id(1, 1));
    text.delete(0, 3);
    assertInvalid("FORGED_SIBLING", text, insert(id(1, 9), id(1, 1), null, "x"));
    assertNull(text.check(insert(id(1, 9), id(1, 3), null, "x")));
  }

  @Test
  void originsInTheWrongOrderAreRefused() {
    Text text = new Text();
    text.insert(0, "ab", id(1, 1));
    assertInvalid("ORIGINS_CROSSED", text, insert(id(2, 1), id(1, 2), id(1, 1), "x"));
    assertInvalid("ORIGINS_CROSSED", text, insert(id(2, 1), id(1, 1), id(1, 1), "x"));
  }

  @Test
  void originsThatNeverStoodSideBySideAreRefused() {
    Text text = new Text();
    text.insert(0, "abc", id(1, 1));
    // "c" was inserted beside "b", so who has "c" has "b" between "a" and "c".
    assertInvalid("ORIGINS_CROSSED", text, insert(id(2, 1), id(1, 1), id(1, 3), "x"));
    // "y" was inserted between "a" and "b", so who has "y" has "b" between "y" and "c".
    text.insert(1, "y", id(1, 4));
    assertInvalid("ORIGINS_CROSSED", text, insert(id(2, 1), id(1, 4), id(1, 3), "x"));
    assertInvalid("ORIGINS_CROSSED", text, insert(id(2, 1), id(1, 4), null, "x"));
    assertInvalid("ORIGINS_CROSSED", text, insert(id(2, 1), null, id(1, 4), "x"));
  }

  @Test
  void idsThatMeanSomethingElseAreRefused() {
    Text text = new Text();
    text.insert(0, "abc", id(1, 1));
    assertInvalid("DUPLICATE_ID", text, insert(id(1, 1), null, null, "abcd"));
    assertInvalid("DUPLICATE_ID", text, insert(id(1, 2), null, null, "bc"));
    assertInvalid("DUPLICATE_ID", text, insert(id(1, 3), id(1, 3), null, "x"));
    assertInvalid("DUPLICATE_ID", text, insert(id(1, 1), id(2, 7), null, "abc"));
    assertNull(text.check(insert(id(1, 1), null, null, "abc")));
    assertNull(text.check(insert(id(1, 2), id(1, 1), null, "bc")));
  }

  @Test
  void verdictOnAKnownIdIsTheSameOnceItWasDeleted() {
    Text text = new Text();
    text.insert(0, "abc", id(1, 1));
    Operation repeated = insert(id(1, 1), null, null, "xyz");
    assertNull(text.check(repeated));
    text.delete(0, 3);
    assertNull(text.check(repeated));
    assertTrue(text.apply(repeated, null).isEmpty());
    assertEquals("", text.toString());
  }

  @Test
  void malformedOperationsAreRefused() {
    Text text = new Text();
    text.insert(0, "abc", id(1, 1));
    assertInvalid("LONE_SURROGATE", text, insert(id(2, 1), null, null, "a\uD83D"));
    assertInvalid("EMPTY_EDIT", text, insert(id(2, 1), null, null, ""));
    assertInvalid("EMPTY_EDIT", text, new Operation.TextDelete(List.of()));
    assertInvalid("ID_RANGE", text, insert(id(2, Long.MAX_VALUE), null, null, "ab"));
    Operation.TextDelete twice =
        new Operation.TextDelete(
            List.of(new ElementRange(id(1, 2), 2), new ElementRange(id(1, 1), 2)));
    assertInvalid("OVERLAPPING_RANGES", text, twice);
  }

  @Test
  void deletingHalfAPairDeletesThePair() {
    for (long half = 2; half <= 3; half++) {
      Text text = new Text();
      text.insert(0, "a" + SMILE + "b", id(1, 1));
      assertEquals(TextDelta.splice(1, 2, ""), text.apply(delete(id(1, half), 1), null));
      assertEquals("ab", text.toString());
      text.checkInvariants();
    }
  }

  @Test
  void insertingBetweenTheHalvesOfAPairDeletesThePair() {
    Text text = new Text();
    text.insert(0, "a" + SMILE + "b", id(1, 1));
    State.OfText before = text.state();
    Rollback rollback = new Rollback();
    Operation between = insert(id(2, 1), id(1, 2), id(1, 3), "xy");
    assertEquals(TextDelta.splice(1, 2, "xy"), text.apply(between, rollback));
    assertEquals("axyb", text.toString());
    text.checkInvariants();
    rollback.run();
    assertEquals(before, text.state());
  }

  @Test
  void authorWhoTellsTwoStoriesGetsNoHalfPairIn() {
    Text ours = new Text();
    ours.insert(0, "x", id(1, 1));
    Text theirs = new Text();
    theirs.insert(0, SMILE, id(1, 1));
    State.OfText before = ours.state();
    assertEquals(
        "DUPLICATE_ID",
        assertThrows(OperationException.class, () -> ours.join(theirs.state(), null)).code());
    assertEquals(before, ours.state());
  }

  /**
   * Whatever a forger names as origins or deletes, all replicas accept the same operations and show
   * the same, well-formed text.
   */
  @Test
  void randomForgeriesNeitherDivideReplicasNorBreakPairs() {
    Map<String, Integer> verdicts = new HashMap<>();
    for (int seed = 0; seed < 1500; seed++) {
      Random random = new Random(seed);
      Forgery forgery = new Forgery(random, 4 + random.nextInt(14));
      forgery.verdicts.forEach(verdict -> verdicts.merge(verdict, 1, Integer::sum));
      for (int order = 0; order < 4; order++) {
        forgery.replay(random);
      }
    }
    assertTrue(
        verdicts.keySet().containsAll(List.of("accepted", "FORGED_SIBLING", "ORIGINS_CROSSED")));
  }

  /** Operations with random origins, each depending on these and its author's earlier ones only. */
  private static final class Forgery {
    private final List<Operation> operations = new ArrayList<>();
    private final List<BitSet> needs = new ArrayList<>();
    private final List<String> verdicts = new ArrayList<>();
    private final Map<ElementId, Integer> makers = new HashMap<>();
    private final Text text = new Text();

    Forgery(Random random, int count) {
      long[] next = {0, 1, 1, 1};
      BitSet[] own = {new BitSet(), new BitSet(), new BitSet(), new BitSet()};
      while (operations.size() < count) {
        int author = 1 + random.nextInt(3);
        List<ElementId> known = ids();
        Operation operation;
        BitSet need = (BitSet) own[author].clone();
        if (!known.isEmpty() && random.nextInt(5) == 0) {
          ElementId id = known.get(random.nextInt(known.size()));
          need(need, id);
          operation = delete(id, 1);
        } else {
          int left = random.nextInt(known.size() + 1) - 1;
          int right = left + 1 + (random.nextBoolean() ? 0 : random.nextInt(known.size() - left));
          ElementId leftId = left < 0 ? null : known.get(left);
          ElementId rightId = right >= known.size() ? null : known.get(right);
          need(need, leftId);
          need(need, rightId);
          String words = random.nextBoolean() ? SMILE : "ab";
          operation = insert(id(author, next[author]), leftId, rightId, words);
          if (text.check(operation) == null) {
            makers.put(id(author, next[author]++), operations.size());
            makers.put(id(author, next[author]++), operations.size());
          }
        }
        String verdict = offer(text, operation);
        own[author].set(operations.size());
        operations.add(operation);
        needs.add(need);
        verdicts.add(verdict);
      }
    }

    private List<ElementId> ids() {
      List<ElementId> ids = new ArrayList<>();
      for (State.TextRun run : text.state().runs()) {
        for (int i = 0; i < run.length(); i++) {
          ids.add(run.first().plus(i));
        }
      }
      return ids;
    }

    private void need(BitSet need, @Nullable ElementId id) {
      Integer maker = id == null ? null : makers.get(id);
      if (maker != null) {
        need.set(maker);
        need.or(needs.get(maker));
      }
    }

    private static String offer(Text text, Operation operation) {
      Refusal refusal = text.check(operation);
      if (refusal == null) {
        text.apply(operation, null);
        text.checkInvariants();
        assertEquals(-1, Unicode.loneSurrogate(text.toString()));
        return "accepted";
      }
      return ((Refusal.Invalid) refusal).code();
    }

    void replay(Random random) {
      Text replica = new Text();
      BitSet done = new BitSet();
      while (done.cardinality() < operations.size()) {
        int next = random.nextInt(operations.size());
        BitSet missing = (BitSet) needs.get(next).clone();
        missing.andNot(done);
        if (!done.get(next) && missing.isEmpty()) {
          done.set(next);
          assertEquals(verdicts.get(next), offer(replica, operations.get(next)));
        }
      }
      assertEquals(text.state(), replica.state());
    }
  }
}
