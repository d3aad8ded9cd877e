package dev.plait.bench;

import dev.plait.change.Chunk;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.replica.Replica;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What the chunks of a document are like. */
public enum StoredDocument {
  /** As a replica leaves it that merges in the background: few large ones, then small ones. */
  TYPED {
    @Override
    List<Chunk> chunks(int size) {
      VirtualTime time = VirtualTime.startingAt(START_MILLIS);
      SplittableRandom random = new SplittableRandom(1);
      try (InMemoryStore store = InMemoryStore.empty();
          Replica replica =
              Replica.builder().store(store).scheduler(time).time(time).random(random).build()) {
        Document document = replica.document(NAME);
        int cursor = 0;
        for (int key = 0; key < size; key++) {
          int length = document.text(ROOT).length();
          if (random.nextInt(KEYS_AT_A_PLACE) == 0) {
            cursor = random.nextInt(length + 1);
          }
          int at = cursor;
          if (cursor > 0 && random.nextInt(KEYS_A_DELETION) == 0) {
            document.transact(transaction -> transaction.text(ROOT).delete(at - 1, 1));
            cursor--;
          } else {
            String letter = String.valueOf((char) ('a' + random.nextInt('z' - 'a' + 1)));
            document.transact(transaction -> transaction.text(ROOT).insert(at, letter));
            cursor++;
          }
          time.advance(KEY_MILLIS);
        }
        List<Chunk> chunks = new ArrayList<>();
        store.readChunks(NAME, VersionVector.EMPTY, chunks::add);
        return chunks;
      }
    }
  },
  /** All of 8 KiB. */
  LARGE {
    @Override
    List<Chunk> chunks(int size) {
      return equal(size, LARGE_BYTES);
    }
  },
  /** All of 100 bytes, as when each change stays by itself. */
  SMALL {
    @Override
    List<Chunk> chunks(int size) {
      return equal(size, SMALL_BYTES);
    }
  };

  /** What it is called. */
  static final String NAME = "notes";

  /** What the text in it is called, if it was typed. */
  static final String ROOT = "text";

  /** A time after all of its changes, in milliseconds since 1970. */
  static final long END_MILLIS = 1_760_000_000_000L;

  private static final long START_MILLIS = 1_750_000_000_000L;
  private static final long KEY_MILLIS = 150;
  private static final int KEYS_AT_A_PLACE = 50;
  private static final int KEYS_A_DELETION = 8;
  private static final int SMALL_BYTES = 100;
  private static final int LARGE_BYTES = 8192;

  /**
   * Its chunks in order.
   *
   * @param size keystrokes, each a transaction of its own, if it is typed, otherwise bytes
   */
  abstract List<Chunk> chunks(int size);

  private static List<Chunk> equal(int size, int bytes) {
    Changes author = new Changes(NAME, 1, bytes);
    return author.batch(author.next(Math.max(1, size / bytes))).chunks();
  }
}
