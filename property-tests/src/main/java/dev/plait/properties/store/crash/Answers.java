package dev.plait.properties.store.crash;

import dev.plait.change.Chunk;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a store says to every question it can be asked, or that it refused to answer.
 *
 * @param given the answers by question; where it refused, what it had handed over before
 * @param refusals what it refused to answer, in the order it was asked
 */
record Answers(Map<String, List<String>> given, Map<String, StoreException> refusals) {

  /** How a store's answers differ from what they should be. */
  record Difference(boolean onlyLess, String what) {}

  private interface Question {
    void ask(Consumer<String> answer);
  }

  /** What a store says that holds the first batches of the script. */
  static Answers of(Script script, long batches) {
    try (ChangeStore model = InMemoryStore.empty()) {
      for (long n = 1; n <= batches; n++) {
        model.commit(script.batch(n));
      }
      return of(model, batches);
    }
  }

  /**
   * Asks a store everything.
   *
   * @param batches of how many batches its answers are to be compared
   */
  static Answers of(ChangeStore store, long batches) {
    Answers answers = new Answers(new LinkedHashMap<>(), new LinkedHashMap<>());
    answers.ask("identity", () -> List.of(String.valueOf(store.identity())));
    answers.ask("former identities", () -> List.of(store.formerIdentities().toString()));
    answers.ask("clock", () -> List.of(store.clock().toString()));
    answers.ask("documents", () -> store.documents(""));
    answers.ask("documents below b", () -> store.documents("b"));
    answers.ask("size", () -> List.of(store.size().documents() + " " + store.size().total()));
    VersionVector middle = Script.middle(batches);
    for (String document : Script.DOCUMENTS) {
      answers.chunks("chunks of " + document, store, document, VersionVector.EMPTY);
      answers.chunks("later chunks of " + document, store, document, middle);
      answers.ask(
          "quarantine of " + document,
          () -> store.quarantined(document).stream().map(Answers::text).toList());
      answers.ask(
          "suspects of " + document,
          () -> store.suspects(document).stream().map(Object::toString).toList());
      answers.ask(
          "snapshot of " + document,
          () -> Optional.ofNullable(store.snapshot(document)).map(Answers::text).stream().toList());
      answers.ask("size of " + document, () -> List.of(store.size(document).toString()));
    }
    return answers;
  }

  private void chunks(String question, ChangeStore store, String document, VersionVector since) {
    put(question, answer -> store.readChunks(document, since, chunk -> answer.accept(text(chunk))));
  }

  private void ask(String question, Supplier<List<String>> answer) {
    put(question, into -> answer.get().forEach(into));
  }

  private void put(String name, Question question) {
    List<String> answer = new ArrayList<>();
    given.put(name, answer);
    try {
      question.ask(answer::add);
    } catch (StoreException refusal) {
      refusals.put(name, refusal);
    }
  }

  /**
   * The first difference to what should be said. A refusal is none; what was handed over before it
   * has to be right.
   */
  Optional<Difference> differenceTo(Answers expected) {
    Optional<Difference> first = Optional.empty();
    for (Map.Entry<String, List<String>> answer : given.entrySet()) {
      String question = answer.getKey();
      List<String> right = Objects.requireNonNull(expected.given.get(question), question);
      boolean less = isPartOf(answer.getValue(), right);
      boolean same = refusals.containsKey(question) ? less : answer.getValue().equals(right);
      if (!same && (first.isEmpty() || !less)) {
        first =
            Optional.of(
                new Difference(less, question + ": " + answer.getValue() + " instead of " + right));
        if (!less) {
          return first;
        }
      }
    }
    return first;
  }

  private static boolean isPartOf(List<String> part, List<String> whole) {
    List<String> rest = new ArrayList<>(whole);
    return part.stream().allMatch(rest::remove);
  }

  private static String text(Chunk chunk) {
    return chunk.header() + " " + digest(chunk.bytes());
  }

  private static String text(StoredSnapshot snapshot) {
    return snapshot.document() + " " + snapshot.version() + " " + digest(snapshot.bytes());
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
