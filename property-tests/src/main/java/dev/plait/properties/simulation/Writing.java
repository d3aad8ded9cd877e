package dev.plait.properties.simulation;

import dev.plait.change.ContainerId;
import dev.plait.document.ContainerPatch;
import dev.plait.document.Document;
import dev.plait.document.Transaction;
import dev.plait.properties.document.Edits;
import dev.plait.properties.history.Choice;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/*
 * Besides edits of any kind, some transactions write the same number into two registers: a reader
 * that ever finds them different has seen half a transaction. And some add the number to a set from
 * which nothing is removed: what was acknowledged can be looked for by its content, whatever its
 * change is called.
 */
/**
 * What one transaction of a simulation writes.
 *
 * @param number what is written where only a number that was never written before will do
 * @param choice decides the rest
 */
record Writing(long number, int choice) {
  static final String LEFT = "left";
  static final String RIGHT = "right";
  static final String TOKENS = "tokens";
  private static final int BOUND = 1_000;
  private static final int MOST_EDITS = 6;

  /** How many operations a transaction makes, about. */
  static int operationsOf(int choice) {
    return edits(choice) + (isTwin(choice) ? 2 : 0) + (isToken(choice) ? 1 : 0);
  }

  boolean isTwin() {
    return isTwin(choice);
  }

  boolean isToken() {
    return isToken(choice);
  }

  void make(Transaction transaction) {
    SplittableRandom random = new SplittableRandom(choice);
    List<Choice> edits = new ArrayList<>();
    for (int i = edits(choice); i > 0; i--) {
      edits.add(
          new Choice(
              random.nextInt(BOUND),
              random.nextInt(BOUND),
              random.nextInt(BOUND),
              random.nextInt(BOUND)));
    }
    Edits.make(transaction, edits);
    if (isTwin()) {
      transaction.register(LEFT).set(Value.of(number));
      transaction.register(RIGHT).set(Value.of(number));
    }
    if (isToken()) {
      transaction.set(TOKENS).add(Value.of(number));
    }
  }

  /** Whether a patch may have changed one of the two registers. */
  static boolean concernsTwin(ContainerPatch patch) {
    ContainerId container = patch.container();
    return container.parent() == null
        && (LEFT.equals(container.key()) || RIGHT.equals(container.key()));
  }

  /** Whether a reader sees both registers alike. */
  static boolean isWhole(Document document) {
    Value left = document.register(LEFT).get();
    Value right = document.register(RIGHT).get();
    return left == null ? right == null : left.equals(right);
  }

  private static int edits(int choice) {
    return 1 + (choice >>> 4) % MOST_EDITS;
  }

  private static boolean isTwin(int choice) {
    return choice % 8 == 0;
  }

  private static boolean isToken(int choice) {
    return choice % 8 == 1;
  }
}
