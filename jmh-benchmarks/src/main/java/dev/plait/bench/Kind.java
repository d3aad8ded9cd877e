package dev.plait.bench;

import dev.plait.document.Document;
import dev.plait.document.ListEditor;
import dev.plait.document.SetEditor;
import dev.plait.document.TextEditor;
import dev.plait.document.Transaction;
import dev.plait.value.Value;
import java.util.Collections;
import java.util.SplittableRandom;

/** The types a document is made of: how one of each is filled, and how it is edited then. */
public enum Kind {
  /** A last-writer-wins register; its elements are how often it was written. */
  REGISTER {
    @Override
    void write(Transaction transaction, int first, int count, SplittableRandom random) {
      for (int i = first; i < first + count; i++) {
        transaction.register(ROOT).set(i);
      }
    }

    @Override
    void edit(Transaction transaction, int elements, SplittableRandom random) {
      transaction.register(ROOT).set(random.nextInt(Integer.MAX_VALUE));
    }

    @Override
    int size(Document document, int written) {
      return Value.of(written - 1L).equals(document.register(ROOT).get()) ? written : 0;
    }
  },

  /** A set of short strings; an edit adds or removes one of twice as many. */
  SET {
    @Override
    void write(Transaction transaction, int first, int count, SplittableRandom random) {
      for (int i = first; i < first + count; i++) {
        transaction.set(ROOT).add(key(i));
      }
    }

    @Override
    void edit(Transaction transaction, int elements, SplittableRandom random) {
      String name = key(random.nextInt(2 * elements));
      SetEditor set = transaction.set(ROOT);
      if (!set.remove(name)) {
        set.add(name);
      }
    }

    @Override
    int size(Document document, int written) {
      return document.set(ROOT).size();
    }
  },

  /** A map from short strings to numbers; an edit puts one of twice as many keys. */
  MAP {
    @Override
    void write(Transaction transaction, int first, int count, SplittableRandom random) {
      for (int i = first; i < first + count; i++) {
        transaction.map(ROOT).put(key(i), i);
      }
    }

    @Override
    void edit(Transaction transaction, int elements, SplittableRandom random) {
      transaction.map(ROOT).put(key(random.nextInt(2 * elements)), random.nextInt());
    }

    @Override
    int size(Document document, int written) {
      return document.map(ROOT).size();
    }
  },

  /** A counter; its elements are how often one was added. */
  COUNTER {
    @Override
    void write(Transaction transaction, int first, int count, SplittableRandom random) {
      for (int i = 0; i < count; i++) {
        transaction.counter(ROOT).increment();
      }
    }

    @Override
    void edit(Transaction transaction, int elements, SplittableRandom random) {
      transaction.counter(ROOT).add(1 + random.nextInt(100));
    }

    @Override
    int size(Document document, int written) {
      return (int) document.counter(ROOT).value();
    }
  },

  /**
   * A text written in pieces anywhere; an edit inserts a unit anywhere or, one in three, deletes.
   */
  TEXT {
    @Override
    void write(Transaction transaction, int first, int count, SplittableRandom random) {
      transaction.text(ROOT).insert(random.nextInt(first + 1), "x".repeat(count));
    }

    @Override
    void edit(Transaction transaction, int elements, SplittableRandom random) {
      TextEditor text = transaction.text(ROOT);
      int length = text.length();
      if (length == 0 || random.nextInt(3) > 0) {
        text.insert(random.nextInt(length + 1), "y");
      } else {
        text.delete(random.nextInt(length), 1);
      }
    }

    @Override
    int size(Document document, int written) {
      return document.text(ROOT).length();
    }
  },

  /** A list written in pieces anywhere; an edit inserts, deletes or sets a number anywhere. */
  LIST {
    @Override
    void write(Transaction transaction, int first, int count, SplittableRandom random) {
      transaction
          .list(ROOT)
          .insert(random.nextInt(first + 1), Collections.nCopies(count, Value.of(first)));
    }

    @Override
    void edit(Transaction transaction, int elements, SplittableRandom random) {
      ListEditor list = transaction.list(ROOT);
      int size = list.size();
      int choice = size == 0 ? 0 : random.nextInt(3);
      switch (choice) {
        case 0 -> list.insert(random.nextInt(size + 1), Value.of(size));
        case 1 -> list.delete(random.nextInt(size), 1);
        default -> list.set(random.nextInt(size), Value.of(random.nextInt()));
      }
    }

    @Override
    int size(Document document, int written) {
      return document.list(ROOT).size();
    }
  };

  /** What the only container is called. */
  static final String ROOT = "root";

  private static final int PIECE = 20;
  private static final int PIECES_A_TRANSACTION = 50;

  /** Writes so many elements more into a document that has {@code first}. */
  abstract void write(Transaction transaction, int first, int count, SplittableRandom random);

  /** Makes one operation in a document that was filled with so many elements. */
  abstract void edit(Transaction transaction, int elements, SplittableRandom random);

  /** How many elements there are, if {@code written} is what was written and nothing else was. */
  abstract int size(Document document, int written);

  /** Fills an empty document, and makes sure that it has what was written. */
  final void fill(Document document, int elements) {
    SplittableRandom random = new SplittableRandom(elements);
    int step = PIECE * PIECES_A_TRANSACTION;
    for (int start = 0; start < elements; start += step) {
      int from = start;
      int to = Math.min(elements, start + step);
      document.transact(
          transaction -> {
            for (int first = from; first < to; first += PIECE) {
              write(transaction, first, Math.min(PIECE, to - first), random);
            }
          });
    }
    if (size(document, elements) != elements) {
      throw new IllegalStateException(
          this + " does not hold the " + elements + " elements written");
    }
  }

  private static String key(int number) {
    return "key" + number;
  }
}
