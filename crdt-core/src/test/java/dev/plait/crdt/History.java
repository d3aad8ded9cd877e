package dev.plait.crdt;

import dev.plait.canonical.CanonicalBytes;
import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Several authors of one text, and every operation with those its author had seen before it. */
final class History {
  private static final String[] WORDS = {"a", "b", "cd", "efg", "\uD83D\uDE00", "x\uD83D\uDE00y"};

  private final List<Author> authors = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();
  private final List<BitSet> seenBefore = new ArrayList<>();

  /** One author with a replica of the text. */
  final class Author {
    final ReplicaId replica;
    Text text = new Text();
    private final BitSet seen = new BitSet();
    private long nextSeq = 1;

    Author(int number) {
      replica = ReplicaId.of(0, number);
    }

    Operation.TextInsert type(int index, String words) {
      Operation.TextInsert operation = text.insert(index, words, new ElementId(replica, nextSeq));
      nextSeq += words.length();
      record(operation);
      return operation;
    }

    Operation.TextDelete erase(int index, int length) {
      Operation.TextDelete operation = text.delete(index, length);
      record(operation);
      return operation;
    }

    /** One keystroke after the other, each behind the last. */
    void typeForwards(int index, String words) {
      for (int i = 0; i < words.length(); i++) {
        type(index + i, words.substring(i, i + 1));
      }
    }

    /** The last letter first, each letter before the last one typed. */
    void typeBackwards(int index, String words) {
      for (int i = words.length() - 1; i >= 0; i--) {
        type(index, words.substring(i, i + 1));
      }
    }

    private void record(Operation operation) {
      seenBefore.add((BitSet) seen.clone());
      seen.set(operations.size());
      operations.add(operation);
    }

    /** Applies everything the other has seen, in the order it was made. */
    void hearFrom(Author other) {
      for (int i = 0; i < operations.size(); i++) {
        if (other.seen.get(i) && !seen.get(i)) {
          text.apply(operations.get(i), null);
        }
      }
      seen.or(other.seen);
    }

    /** Types or erases something somewhere, never between the halves of a pair. */
    void editAtRandom(RandomGenerator random) {
      int length = text.length();
      int index = whole(text, random.nextBoolean() ? length / 2 : random.nextInt(length + 1));
      int end = whole(text, Math.min(length, index + 1 + random.nextInt(4)));
      if (index < end && random.nextInt(3) == 0) {
        erase(index, end - index);
      } else {
        type(index, WORDS[random.nextInt(WORDS.length)]);
      }
    }
  }

  /** The index itself, or the one before it if it lies between the halves of a pair. */
  static int whole(Text text, int index) {
    boolean splits =
        index > 0
            && index < text.length()
            && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
    return splits ? index - 1 : index;
  }

  /** A new author, who has seen nothing; smaller numbers have smaller replica ids. */
  Author author(int number) {
    Author author = new Author(number);
    authors.add(author);
    return author;
  }

  /** A history of random edits and of random, partial hearing from each other. */
  static History random(RandomGenerator random, int authorCount, int edits) {
    History history = new History();
    for (int i = 1; i <= authorCount; i++) {
      history.author(i);
    }
    while (history.operations.size() < edits) {
      Author author = history.authors.get(random.nextInt(authorCount));
      if (random.nextInt(4) == 0) {
        author.hearFrom(history.authors.get(random.nextInt(authorCount)));
      } else {
        author.editAtRandom(random);
      }
      author.text.checkInvariants();
    }
    return history;
  }

  List<Author> authors() {
    return authors;
  }

  /** All operations in the order they were made, which is causal. */
  List<Operation> operations() {
    return operations;
  }

  /** Everybody hears from everybody. */
  void meet() {
    for (Author to : authors) {
      for (Author from : authors) {
        to.hearFrom(from);
      }
    }
  }

  /** All operations in an order in which each comes after those its author had seen. */
  List<Operation> inRandomOrder(RandomGenerator random) {
    List<Operation> ordered = new ArrayList<>();
    BitSet done = new BitSet();
    while (ordered.size() < operations.size()) {
      List<Integer> ready = ready(done);
      int next = ready.get(random.nextInt(ready.size()));
      done.set(next);
      ordered.add(operations.get(next));
    }
    return ordered;
  }

  /** Hands over every such order, one after the other. */
  void forEachOrder(Consumer<List<Operation>> action) {
    extend(new ArrayList<>(), new BitSet(), action);
  }

  private void extend(List<Operation> ordered, BitSet done, Consumer<List<Operation>> action) {
    if (ordered.size() == operations.size()) {
      action.accept(ordered);
    }
    for (int next : ready(done)) {
      done.set(next);
      ordered.add(operations.get(next));
      extend(ordered, done, action);
      ordered.remove(ordered.size() - 1);
      done.clear(next);
    }
  }

  private List<Integer> ready(BitSet done) {
    List<Integer> ready = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      BitSet missing = (BitSet) seenBefore.get(i).clone();
      missing.andNot(done);
      if (!done.get(i) && missing.isEmpty()) {
        ready.add(i);
      }
    }
    return ready;
  }

  static Text replay(List<? extends Operation> operations) {
    Text text = new Text();
    operations.forEach(operation -> text.apply(operation, null));
    return text;
  }

  static List<Byte> canonical(Crdt crdt) {
    CanonicalBytes writer = new CanonicalBytes();
    crdt.writeCanonical(writer);
    List<Byte> bytes = new ArrayList<>();
    for (byte each : writer.toByteArray()) {
      bytes.add(each);
    }
    return bytes;
  }
}
