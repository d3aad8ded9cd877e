package dev.plait.properties.simulation.disk;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/*
 * A batch, all numbers big-endian:
 *
 *   1   1 if there is an identity, plus 2 if there is a snapshot
 *   16  the identity, if there is one
 *   8   the clock
 *       deleted: a list of texts
 *       forsaken: a list of texts with a dot each
 *       chunks, merged, rewritten, quarantined: four lists of chunks
 *       released, suspects: two lists of texts with a dot each
 *       the snapshot, if there is one: text, list of dots, bytes
 *
 *   list   4 bytes: how many; then each
 *   bytes  4 bytes: how many; then they
 *   text   its UTF-8 as bytes
 *   dot    16 bytes replica, 8 bytes counter
 *   chunk  document as text, 16 bytes replica, 8 each: first and last counter, the list of
 *          dependencies as dots, 8 each: previous, first and last time, 4 bytes revision, bytes
 *
 * Equal batches have equal bytes: lists keep their order, and a version vector has one.
 */
/** How a batch is written in the log. What is read was found sound by its checksum before. */
final class BatchRecordLayout {
  private static final int IDENTITY = 1;
  private static final int SNAPSHOT = 2;

  private BatchRecordLayout() {}

  static void write(StoreBatch batch, RecordBuffer to) {
    ReplicaId identity = batch.identity();
    StoredSnapshot snapshot = batch.snapshot();
    to.put((byte) ((identity == null ? 0 : IDENTITY) | (snapshot == null ? 0 : SNAPSHOT)));
    if (identity != null) {
      to.putReplica(identity);
    }
    to.putLong(batch.clock().bits());
    writeList(to, batch.deleted(), RecordBuffer::putText);
    writeList(to, batch.forsaken(), (out, of) -> writeNamed(out, of.document(), of.dot()));
    writeList(to, batch.chunks(), BatchRecordLayout::writeChunk);
    writeList(to, batch.merged(), BatchRecordLayout::writeChunk);
    writeList(to, batch.rewritten(), BatchRecordLayout::writeChunk);
    writeList(to, batch.quarantined(), BatchRecordLayout::writeChunk);
    writeList(to, batch.released(), (out, of) -> writeNamed(out, of.document(), of.dot()));
    writeList(to, batch.suspects(), (out, of) -> writeNamed(out, of.document(), of.dot()));
    if (snapshot != null) {
      to.putText(snapshot.document());
      writeList(to, snapshot.version().dots(), RecordBuffer::putDot);
      to.putBytes(snapshot.bytes());
    }
  }

  private static <T> void writeList(
      RecordBuffer to, List<T> list, BiConsumer<RecordBuffer, T> element) {
    to.putInt(list.size());
    for (T each : list) {
      element.accept(to, each);
    }
  }

  private static void writeNamed(RecordBuffer to, String document, Dot dot) {
    to.putText(document);
    to.putDot(dot);
  }

  private static void writeChunk(RecordBuffer to, Chunk chunk) {
    ChunkHeader header = chunk.header();
    to.putText(header.document());
    to.putReplica(header.replica());
    to.putLong(header.firstCounter());
    to.putLong(header.lastCounter());
    writeList(to, header.dependencies(), RecordBuffer::putDot);
    to.putLong(header.previousTime().bits());
    to.putLong(header.firstTime().bits());
    to.putLong(header.lastTime().bits());
    to.putInt(header.revision());
    to.putBytes(chunk.bytes());
  }

  /** Reads the batch that begins at the buffer's position. */
  static StoreBatch read(ByteBuffer from) {
    int present = from.get();
    return new StoreBatch(
        (present & IDENTITY) == 0 ? null : readReplica(from),
        readTime(from),
        readList(from, BatchRecordLayout::readText),
        readList(from, in -> new StoreBatch.Forsaken(readText(in), readDot(in))),
        readList(from, BatchRecordLayout::readChunk),
        readList(from, BatchRecordLayout::readChunk),
        readList(from, BatchRecordLayout::readChunk),
        readList(from, BatchRecordLayout::readChunk),
        readList(from, in -> new StoreBatch.Released(readText(in), readDot(in))),
        readList(from, in -> new StoreBatch.Suspect(readText(in), readDot(in))),
        (present & SNAPSHOT) == 0 ? null : readSnapshot(from));
  }

  private static <T> List<T> readList(ByteBuffer from, Function<ByteBuffer, T> element) {
    int count = readCount(from);
    List<T> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      list.add(element.apply(from));
    }
    return list;
  }

  /** How many elements or bytes follow; each takes one byte at least. */
  private static int readCount(ByteBuffer from) {
    int count = from.getInt();
    if (count < 0 || count > from.remaining()) {
      throw new StoreException.Corrupt(
          "a record says that " + count + " follow where " + from.remaining() + " bytes are left",
          null);
    }
    return count;
  }

  private static byte[] readBytes(ByteBuffer from) {
    byte[] bytes = new byte[readCount(from)];
    from.get(bytes);
    return bytes;
  }

  private static String readText(ByteBuffer from) {
    return new String(readBytes(from), StandardCharsets.UTF_8);
  }

  private static ReplicaId readReplica(ByteBuffer from) {
    return ReplicaId.of(from.getLong(), from.getLong());
  }

  private static Dot readDot(ByteBuffer from) {
    return new Dot(readReplica(from), from.getLong());
  }

  private static HybridTimestamp readTime(ByteBuffer from) {
    return new HybridTimestamp(from.getLong());
  }

  private static Chunk readChunk(ByteBuffer from) {
    ChunkHeader header =
        new ChunkHeader(
            readText(from),
            readReplica(from),
            from.getLong(),
            from.getLong(),
            readList(from, BatchRecordLayout::readDot),
            readTime(from),
            readTime(from),
            readTime(from),
            from.getInt());
    return Chunk.over(header, readBytes(from));
  }

  private static StoredSnapshot readSnapshot(ByteBuffer from) {
    return new StoredSnapshot(
        readText(from),
        VersionVector.from(readList(from, BatchRecordLayout::readDot)),
        readBytes(from));
  }
}
