package dev.plait.storage.lmdb;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.storage.guard.RecordSum;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.PointerBytesStore;
import org.jspecify.annotations.Nullable;

/*
 * Reading is what a store does most, so a chunk's own bytes are copied once, from the map to where
 * they stay, and what stands before them to a buffer that is used again.
 */
/**
 * Goes through the chunks of one document, hands over those that are asked for and adds up all of
 * them. Not thread-safe.
 */
final class ChunkScan {

  private static final int KEY = LmdbLayout.CHUNK_KEY_BYTES;
  private static final int FIRST_BYTES = 192;

  private final String document;
  private final byte[] name;
  private final String what;
  private final VersionVector since;
  private final Consumer<Chunk> consumer;
  private final CRC32C crc = new CRC32C();

  // The key, and behind it what stands in the value before the chunk's own bytes.
  private byte[] head = new byte[KEY + FIRST_BYTES];
  // What counts in the seal: the key, the last counter, the stored checksum.
  private final byte[] mark = new byte[KEY + Long.BYTES + LmdbLayout.CRC_BYTES];

  private RecordSum sum = RecordSum.EMPTY;
  private @Nullable ReplicaId replica;
  private long held;

  // Where the next number of the value begins.
  private int at;

  ChunkScan(String document, VersionVector since, Consumer<Chunk> consumer) {
    this.document = document;
    this.since = since;
    this.consumer = consumer;
    name = document.getBytes(StandardCharsets.UTF_8);
    what = "a chunk of \"" + document + "\"";
  }

  /** Reads all records of the range; gives what they add up to. */
  RecordSum read(Transaction.Range range) throws DamagedException {
    while (range.next()) {
      if (range.keyLength() != KEY) {
        throw new DamagedException("the key of " + what + " is cut short");
      }
      range.copyKey(head);
      PointerBytesStore value = range.view();
      if (value.capacity() < LmdbLayout.CRC_BYTES) {
        throw new DamagedException(what + " is shorter than its checksum");
      }
      take(value, Math.toIntExact(value.capacity()));
    }
    return sum;
  }

  private void take(PointerBytesStore value, int size) throws DamagedException {
    int end = size - LmdbLayout.CRC_BYTES;
    int copied = Math.min(end, FIRST_BYTES);
    value.read(0, head, KEY, copied);
    at = KEY;
    long span = number(KEY + copied);
    long length = number(KEY + copied);
    if (length < 0 || length > KEY + end - at) {
      throw mismatch();
    }
    int stored = Integer.reverseBytes(value.readInt(end));
    long last = LmdbLayout.firstIn(head) + span;
    sum = sum.with(markOf(last, stored), length);
    ReplicaId author = author();
    // What is passed over shows in the sum if it is damaged.
    if (last > held) {
      consumer.accept(chunk(author, span, value, end - (int) length, end, stored));
    }
  }

  private Chunk chunk(
      ReplicaId author, long span, PointerBytesStore value, int before, int end, int stored)
      throws DamagedException {
    int copied = Math.min(end, FIRST_BYTES);
    if (before > copied) {
      head = Arrays.copyOf(head, Math.max(head.length, KEY + before));
      value.read(copied, head, KEY + copied, before - copied);
    }
    byte[] bytes;
    if (end == copied) {
      bytes = Arrays.copyOfRange(head, KEY + before, KEY + end);
    } else {
      bytes = new byte[end - before];
      value.read(before, bytes, 0, bytes.length);
    }
    crc.reset();
    crc.update(head, 0, KEY + before);
    crc.update(bytes);
    if ((int) crc.getValue() != stored) {
      throw mismatch();
    }
    RecordReader reader = new RecordReader(what, head, at, KEY + before, stored);
    reader.expect(name);
    ChunkHeader header =
        LmdbLayout.header(reader, document, author, LmdbLayout.firstIn(head), span);
    reader.end();
    return Chunk.over(header, bytes);
  }

  private DamagedException mismatch() {
    return new DamagedException(what + " does not match its checksum");
  }

  private ReplicaId author() {
    ReplicaId known = replica;
    if (known != null && LmdbLayout.isOf(head, known)) {
      return known;
    }
    ReplicaId author = LmdbLayout.replicaIn(head);
    replica = author;
    held = since.get(author);
    return author;
  }

  private long markOf(long last, int stored) {
    System.arraycopy(head, 0, mark, 0, KEY);
    LmdbLayout.putLong(mark, KEY, last);
    LmdbLayout.putInt(mark, KEY + Long.BYTES, stored);
    crc.reset();
    crc.update(mark, 0, mark.length);
    return crc.getValue();
  }

  /** A number as far as it goes; that it is right is not known yet. */
  private long number(int end) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE && at < end; shift += 7) {
      byte next = head[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        break;
      }
    }
    return value;
  }
}
