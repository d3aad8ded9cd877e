package dev.plait.sync;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which documents one end of a session wants from the other: all, some, those whose names begin
 * alike, or any of these together. It covers documents that are made later as well. Immutable;
 * equal if what it was made of is equal.
 *
 * @param everything every document; then the rest says nothing
 * @param documents these, sorted
 * @param prefixes those whose names begin with one of these, sorted
 */
public record Subscription(boolean everything, Set<String> documents, Set<String> prefixes) {

  private static final Subscription ALL = new Subscription(true, Set.of(), Set.of());
  private static final Subscription NONE = new Subscription(false, Set.of(), Set.of());

  /**
   * Copies the sets.
   *
   * @throws IllegalArgumentException if a document has no name
   */
  public Subscription {
    if (documents.contains("")) {
      throw new IllegalArgumentException(
          "a document's name has at least one character; for all documents, subscribe to all");
    }
    documents = Collections.unmodifiableSet(new TreeSet<>(documents));
    prefixes = Collections.unmodifiableSet(new TreeSet<>(prefixes));
  }

  /** Every document. */
  public static Subscription all() {
    return ALL;
  }

  /** No document: an end that only sends. */
  public static Subscription none() {
    return NONE;
  }

  /** These documents, whether they exist yet or not. */
  public static Subscription to(Collection<String> documents) {
    return new Subscription(false, new TreeSet<>(documents), Set.of());
  }

  /** All documents whose names begin with one of these. */
  public static Subscription prefix(String... prefixes) {
    return new Subscription(false, Set.of(), new TreeSet<>(List.of(prefixes)));
  }

  /** What either of the two covers. */
  public Subscription and(Subscription other) {
    TreeSet<String> bothDocuments = new TreeSet<>(documents);
    bothDocuments.addAll(other.documents);
    TreeSet<String> bothPrefixes = new TreeSet<>(prefixes);
    bothPrefixes.addAll(other.prefixes);
    return new Subscription(everything || other.everything, bothDocuments, bothPrefixes);
  }

  /** Whether a document is wanted. Costs time in the number of prefixes. */
  public boolean matches(String document) {
    if (everything || documents.contains(document)) {
      return true;
    }
    for (String prefix : prefixes) {
      if (document.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
