package dev.plait.store.encrypted;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoredSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/*
 * One batch of a rotation: the first records of a document that another key has written.
 *
 * Nothing is remembered between steps, so a rotation that was cut short goes on where it was. Nobody
 * may commit between reading and writing: what was read would come back over what was written since.
 *
 * A rewritten chunk takes the place of the one with its range in quarantine too. That is right when
 * the two are the same; if the quarantine holds another chunk of that range, by somebody who wrote
 * twice under one name, it would be lost. Such a document is dropped and written anew in one batch.
 */
/** One batch of a rotation. Not thread-safe. */
final class RotationStep {
  static final int MOST_RECORDS = 1000;
  static final long MOST_BYTES = 16 << 20;

  private final ChangeStore inner;
  private final RecordCipher cipher;
  private final MasterKey key;
  private final String document;
  private final List<Chunk> stale = new ArrayList<>();
  private @Nullable StoredSnapshot staleSnapshot;
  private long bytes;
  private boolean hasMore;
  private boolean isAmbiguous;

  private RotationStep(ChangeStore inner, RecordCipher cipher, MasterKey key, String document) {
    this.inner = inner;
    this.cipher = cipher;
    this.key = key;
    this.document = document;
  }

  /** Reads what the next batch is about. */
  static RotationStep of(ChangeStore inner, RecordCipher cipher, MasterKey key, String document) {
    RotationStep step = new RotationStep(inner, cipher, key, document);
    step.read();
    return step;
  }

  /** Whether another step is needed after this one. */
  boolean hasMore() {
    return hasMore;
  }

  /** Writes the batch, if there is anything to write; gives how many records it has. */
  int commit() {
    if (isAmbiguous && (!stale.isEmpty() || staleSnapshot != null)) {
      hasMore = false;
      return commitAnew();
    }
    StoreBatch.Builder batch = StoreBatch.builder();
    int records = stale.size();
    for (Chunk chunk : stale) {
      batch.rewrite(again(chunk));
    }
    if (staleSnapshot != null) {
      batch.snapshot(cipher.seal(cipher.open(staleSnapshot), key));
      records++;
    }
    if (records > 0) {
      inner.commit(batch.build());
    }
    return records;
  }

  private void read() {
    List<Chunk> quarantined = inner.quarantined(document);
    Set<Range> aside = new HashSet<>();
    quarantined.forEach(chunk -> aside.add(Range.of(chunk)));
    inner.readChunks(
        document,
        VersionVector.EMPTY,
        chunk -> {
          isAmbiguous |= aside.contains(Range.of(chunk));
          offer(chunk);
        });
    quarantined.forEach(this::offer);
    StoredSnapshot snapshot = inner.snapshot(document);
    if (snapshot != null && isStale(snapshot.bytes())) {
      staleSnapshot = snapshot;
    }
  }

  private void offer(Chunk chunk) {
    if (!isStale(chunk.bytes())) {
      return;
    }
    boolean fits = stale.size() < MOST_RECORDS && bytes + chunk.size() <= MOST_BYTES;
    if (stale.isEmpty() || fits) {
      stale.add(chunk);
      bytes += chunk.size();
    } else {
      hasMore = true;
    }
  }

  private boolean isStale(byte[] record) {
    boolean isSound = RecordLayout.reading(record) == RecordLayout.Reading.SOUND;
    return !isSound || !key.hasWritten(record);
  }

  private int commitAnew() {
    StoreBatch.Builder batch = StoreBatch.builder().delete(document);
    List<Chunk> chunks = new ArrayList<>();
    inner.readChunks(document, VersionVector.EMPTY, chunks::add);
    chunks.forEach(chunk -> batch.append(again(chunk)));
    List<Chunk> quarantined = inner.quarantined(document);
    quarantined.forEach(chunk -> batch.quarantine(again(chunk)));
    inner.suspects(document).forEach(suspect -> batch.suspect(document, suspect));
    StoredSnapshot snapshot = inner.snapshot(document);
    if (snapshot != null) {
      batch.snapshot(cipher.seal(cipher.open(snapshot), key));
    }
    inner.commit(batch.build());
    return chunks.size() + quarantined.size() + (snapshot == null ? 0 : 1);
  }

  private Chunk again(Chunk stored) {
    return cipher.seal(cipher.open(stored), key);
  }

  /** What a rewritten chunk is found by. */
  private record Range(Dot first, long last) {
    static Range of(Chunk chunk) {
      ReplicaId replica = chunk.header().replica();
      return new Range(
          new Dot(replica, chunk.header().firstCounter()), chunk.header().lastCounter());
    }
  }
}
