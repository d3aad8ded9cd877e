package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where units stand that several authors insert at one spot. */
class TextOrderTest {
  private static final int[][] PERMUTATIONS = {
    {1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}
  };

  /** The one text that all orders of arrival give. */
  private static String outcome(History history) {
    Set<String> outcomes = new HashSet<>();
    Set<List<Byte>> bytes = new HashSet<>();
    history.forEachOrder(
        order -> {
          Text text = History.replay(order);
          text.checkInvariants();
          outcomes.add(text.toString());
          bytes.add(History.canonical(text));
        });
    FugueTree tree = new FugueTree();
    history.operations().forEach(tree::apply);
    assertEquals(Set.of(tree.toString()), outcomes);
    assertEquals(1, bytes.size());
    return tree.toString();
  }

  @Test
  void passageOfTheSmallerReplicaComesFirst() {
    History history = new History();
    history.author(1).typeForwards(0, "abc");
    history.author(2).typeForwards(0, "xyz");
    assertEquals("abcxyz", outcome(history));
  }

  @Test
  void passageOfTheSmallerReplicaComesFirstWhoeverItIs() {
    History history = new History();
    history.author(2).typeForwards(0, "abc");
    history.author(1).typeForwards(0, "xyz");
    assertEquals("xyzabc", outcome(history));
  }

  @Test
  void replicasAreOrderedAsUnsignedBytes() {
    Text text = new Text();
    ReplicaId small = ReplicaId.of(1, 0);
    ReplicaId great = ReplicaId.of(-1, 0);
    text.apply(new Operation.TextInsert(new ElementId(great, 1), null, null, "great"), null);
    text.apply(new Operation.TextInsert(new ElementId(small, 1), null, null, "small"), null);
    assertEquals("smallgreat", text.toString());
  }

  @Test
  void passagesTypedBackwardsStayWhole() {
    History history = new History();
    history.author(1).typeBackwards(0, "abc");
    history.author(2).typeBackwards(0, "xyz");
    assertEquals("abcxyz", outcome(history));
  }

  @Test
  void oneForwardsAndOneBackwardsStayWhole() {
    for (int forwards = 1; forwards <= 2; forwards++) {
      History history = new History();
      history.author(forwards).typeForwards(0, "abc");
      history.author(3 - forwards).typeBackwards(0, "xyz");
      String text = outcome(history);
      assertTrue(text.equals("abcxyz") || text.equals("xyzabc"), text);
    }
  }

  @Test
  void threeReplicasOneOfThemPrependingStayWhole() {
    for (int[] numbers : PERMUTATIONS) {
      History history = new History();
      History.Author base = history.author(4);
      base.type(0, "[]");
      History.Author first = history.author(numbers[0]);
      History.Author second = history.author(numbers[1]);
      History.Author third = history.author(numbers[2]);
      first.hearFrom(base);
      second.hearFrom(base);
      third.hearFrom(base);
      first.typeForwards(1, "abc");
      second.typeForwards(1, "xyz");
      third.typeBackwards(1, "123");
      String text = outcome(history);
      assertEquals(11, text.length());
      assertTrue(text.startsWith("[") && text.endsWith("]"), text);
      assertTrue(text.contains("abc") && text.contains("xyz") && text.contains("123"), text);
    }
  }

  @Test
  void passagesBetweenTwoPassagesThatMetStayWhole() {
    for (int[] numbers : PERMUTATIONS) {
      History history = new History();
      History.Author first = history.author(numbers[0]);
      History.Author second = history.author(numbers[1]);
      History.Author third = history.author(numbers[2]);
      first.type(0, "abc");
      second.type(0, "xyz");
      third.hearFrom(first);
      third.hearFrom(second);
      third.typeBackwards(3, "12");
      first.type(3, "d");
      second.type(0, "w");
      String text = outcome(history);
      assertTrue(text.contains("abc") && text.contains("xyz") && text.contains("12"), text);
    }
  }

  @Test
  void insertBetweenTombstonesStandsDirectlyBehindItsVisibleLeftNeighbour() {
    History history = new History();
    History.Author author = history.author(1);
    Operation.TextInsert base = author.type(0, "abcd");
    author.erase(1, 2);
    Operation.TextInsert insert = author.type(1, "X");
    assertEquals(base.first(), insert.left());
    assertEquals(base.first().plus(1), insert.right());
    assertEquals("aXd", outcome(history));
  }

  @Test
  void concurrentInsertsAroundTombstonesStayWhole() {
    for (int forwards = 1; forwards <= 2; forwards++) {
      History history = new History();
      History.Author base = history.author(3);
      base.type(0, "abcd");
      History.Author eraser = history.author(forwards);
      History.Author other = history.author(3 - forwards);
      eraser.hearFrom(base);
      other.hearFrom(base);
      eraser.erase(1, 2);
      eraser.typeForwards(1, "XY");
      other.typeForwards(2, "12");
      assertEquals("aXY12d", outcome(history));
    }
  }

  @Test
  void insertSurvivesDeletionOfItsOriginsBeforeAndAfterItArrives() {
    String[] expected = {"aXcd", "abXd", "aXd"};
    int[][] erased = {{1, 1}, {2, 1}, {1, 2}};
    for (int i = 0; i < expected.length; i++) {
      History history = new History();
      History.Author base = history.author(3);
      base.type(0, "abcd");
      History.Author writer = history.author(1);
      History.Author eraser = history.author(2);
      writer.hearFrom(base);
      eraser.hearFrom(base);
      writer.type(2, "X");
      eraser.erase(erased[i][0], erased[i][1]);
      assertEquals(expected[i], outcome(history));
    }
  }

  @Test
  void everyOrderOfSmallHistoriesGivesOneText() {
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      outcome(History.random(random, 2 + random.nextInt(2), 3 + random.nextInt(4)));
    }
  }
}
