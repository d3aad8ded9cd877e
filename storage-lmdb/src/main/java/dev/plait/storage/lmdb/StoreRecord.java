package dev.plait.storage.lmdb;

import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.storage.guard.RecordSum;
import dev.plait.store.StoreBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * THE RECORD
 *
 * "Plai", the version of the layout, the instance and the one it is a copy of, or itself (two of 8
 * bytes each), LMDB's number of the transaction
 * that wrote this, the number of commits, the next document's number, the clock (8 bytes), the number
 * of identities with the present one first and then the earlier ones, the number, bytes and sum (8
 * bytes) of the documents' seals; all but those of 8 bytes are stop-bit numbers. A record of any
 * other version keeps its first two fields and its checksum.
 */
/**
 * What a store says of itself. Immutable.
 *
 * @param instanceHigh one half of the id that tells this store from its copies
 * @param instanceLow the other half
 * @param originHigh one half of the id of the store this was copied from; its own if it was not
 * @param originLow the other half
 * @param transaction LMDB's number of the transaction that wrote this
 * @param commits how many batches were written
 * @param nextDocument the number of the next new document
 * @param identity who writes here
 * @param former who has written here before, earliest first
 * @param clock the highest reading
 * @param documents what the seals of all documents add up to
 */
record StoreRecord(
    long instanceHigh,
    long instanceLow,
    long originHigh,
    long originLow,
    long transaction,
    long commits,
    long nextDocument,
    @Nullable ReplicaId identity,
    List<ReplicaId> former,
    HybridTimestamp clock,
    RecordSum documents) {

  private static final int MAGIC = 0x506c6169;
  private static final String WHAT = "the record of the store itself";

  /** A store with nothing in it. */
  static StoreRecord first(long instanceHigh, long instanceLow) {
    return new StoreRecord(
        instanceHigh,
        instanceLow,
        instanceHigh,
        instanceLow,
        0,
        0,
        1,
        null,
        List.of(),
        HybridTimestamp.ZERO,
        RecordSum.EMPTY);
  }

  /** After these batches, as far as they tell it themselves. */
  StoreRecord after(List<StoreBatch> batches) {
    StoreRecord after = this;
    for (StoreBatch batch : batches) {
      after = after.after(batch);
    }
    return after;
  }

  private StoreRecord after(StoreBatch batch) {
    ReplicaId next = batch.identity();
    boolean replaced = identity != null && next != null && !next.equals(identity);
    return new StoreRecord(
        instanceHigh,
        instanceLow,
        originHigh,
        originLow,
        transaction,
        commits + 1,
        nextDocument,
        next == null ? identity : next,
        replaced ? Stream.concat(former.stream(), Stream.of(identity)).toList() : former,
        batch.clock().isAfter(clock) ? batch.clock() : clock,
        documents);
  }

  /** As an instance of its own, made from this one. */
  StoreRecord withInstance(long high, long low) {
    return new StoreRecord(
        high,
        low,
        instanceHigh,
        instanceLow,
        transaction,
        commits,
        nextDocument,
        identity,
        former,
        clock,
        documents);
  }

  StoreRecord withTransaction(long number) {
    return new StoreRecord(
        instanceHigh,
        instanceLow,
        originHigh,
        originLow,
        number,
        commits,
        nextDocument,
        identity,
        former,
        clock,
        documents);
  }

  StoreRecord withDocuments(long next, RecordSum sum) {
    return new StoreRecord(
        instanceHigh,
        instanceLow,
        originHigh,
        originLow,
        transaction,
        commits,
        next,
        identity,
        former,
        clock,
        sum);
  }

  byte[] toValue() {
    return toValue(LmdbLayout.VERSION);
  }

  byte[] toValue(int version) {
    RecordWriter writer =
        new RecordWriter(128)
            .number(MAGIC)
            .number(version)
            .fixed(instanceHigh)
            .fixed(instanceLow)
            .fixed(originHigh)
            .fixed(originLow)
            .number(transaction)
            .number(commits)
            .number(nextDocument)
            .fixed(clock.bits())
            .number(identity == null ? 0 : 1 + former.size());
    if (identity != null) {
      writer.replica(identity);
      former.forEach(writer::replica);
    }
    return writer
        .number(documents.count())
        .number(documents.bytes())
        .fixed(documents.sum())
        .sealed(LmdbLayout.META_KEY);
  }

  /** The version of the layout that a store's record names. */
  static long version(byte[] value) throws DamagedException {
    RecordReader reader = new RecordReader(WHAT, LmdbLayout.META_KEY, value);
    if (reader.number() != MAGIC) {
      throw reader.misformed();
    }
    return reader.number();
  }

  /** Reads what {@link #toValue()} wrote. */
  static StoreRecord read(byte[] value) throws DamagedException {
    RecordReader reader = new RecordReader(WHAT, LmdbLayout.META_KEY, value);
    if (reader.number() != MAGIC || reader.number() != LmdbLayout.VERSION) {
      throw reader.misformed();
    }
    long instanceHigh = reader.fixed();
    long instanceLow = reader.fixed();
    long originHigh = reader.fixed();
    long originLow = reader.fixed();
    long transaction = reader.number();
    long commits = reader.number();
    long nextDocument = reader.number();
    HybridTimestamp clock = new HybridTimestamp(reader.fixed());
    int identities = reader.count(ReplicaId.BYTES);
    ReplicaId identity = identities == 0 ? null : reader.replica();
    List<ReplicaId> former = new ArrayList<>();
    for (int i = 1; i < identities; i++) {
      former.add(reader.replica());
    }
    RecordSum documents = new RecordSum(reader.number(), reader.number(), reader.fixed());
    reader.end();
    return new StoreRecord(
        instanceHigh,
        instanceLow,
        originHigh,
        originLow,
        transaction,
        commits,
        nextDocument,
        identity,
        List.copyOf(former),
        clock,
        documents);
  }
}
