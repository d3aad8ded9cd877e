package dev.plait.cli.trace;

import java.util.List;

/**
 * A recording of people writing one text.
 *
 * <p>Both kinds have one form: a sequential trace is one author's, and each transaction's parent is
 * the one before. Immutable.
 *
 * @param kind how it was recorded
 * @param startContent what was there before the first transaction; empty in a concurrent trace
 * @param endContent what all of it must give
 * @param transactions what was done; parents come before their children
 */
public record Trace(
    Kind kind, String startContent, String endContent, List<TraceTransaction> transactions) {
  public Trace {
    transactions = List.copyOf(transactions);
  }

  /** How a trace was recorded. */
  public enum Kind {
    /** One text, one history, edited in one order. */
    SEQUENTIAL,
    /** Several people on their own copies, who merged. */
    CONCURRENT
  }

  /** How many patches there are in all transactions together. */
  public long edits() {
    return transactions.stream().mapToLong(transaction -> transaction.patches().size()).sum();
  }

  /**
   * The authors that have at least one transaction, in ascending order; agent 0 if there are no
   * transactions, because somebody has to hold the text.
   */
  public List<Integer> agents() {
    return transactions.isEmpty()
        ? List.of(0)
        : transactions.stream().map(TraceTransaction::agent).distinct().sorted().toList();
  }

  /**
   * Whether no code point outside the Basic Multilingual Plane is ever part of the text, so that
   * positions in code points are positions in UTF-16 units.
   */
  public boolean isBasicPlane() {
    return isBasicPlane(startContent)
        && transactions.stream()
            .flatMap(transaction -> transaction.patches().stream())
            .allMatch(patch -> isBasicPlane(patch.inserted()));
  }

  private static boolean isBasicPlane(String text) {
    return text.chars().noneMatch(unit -> Character.isSurrogate((char) unit));
  }
}
