package dev.plait.store.encrypted;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.store.ChangeStore;
import dev.plait.store.DocumentSize;
import dev.plait.store.Durability;
import dev.plait.store.StoreBatch;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoreException;
import dev.plait.store.StoreSize;
import dev.plait.store.StoredSnapshot;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps its chunks and snapshots in another one, encrypted with AES-256-GCM.
 *
 * <p><b>What is hidden:</b> the content of every chunk, in quarantine or not, and of every
 * snapshot: texts, values, keys of maps, names of containers, who did what to them. <b>What stays
 * in the clear,</b> because the store below orders and finds records by it: document names, replica
 * ids, counters, times, dependencies and revisions of chunks, versions of snapshots, suspects, the
 * store's identities and clock, which chunks are in quarantine, how many records there are and how
 * long each is. Since content is deflated before it is encrypted, lengths say a little about it.
 *
 * <p><b>What is noticed:</b> each record is bound to its kind (chunk or snapshot) and to all that
 * stands beside it: for a chunk document, replica, first and last counter, dependencies, times and
 * revision, for a snapshot document and version. A record that was changed, or moved to another
 * place, is STORE_CORRUPT. <b>What is not:</b> that a record is missing, that all of a store or one
 * record is an older state of itself, or what is changed in the clear and part of no record
 * (suspects, identities, clock, whether a chunk is in quarantine).
 *
 * <p>Every record has a random nonce of 192 bits, so a copied or restored store can't repeat one: a
 * key may write 2^80 records before the chance that any two share a nonce reaches 2^-32. It is only
 * as good as the {@link SecureRandom} handed in. The construction is XAES-256-GCM of C2SP, on the
 * key derivation of NIST SP 800-108r1.
 *
 * <p>A record takes 54 bytes more than what it holds, and one pass of the cipher when it is written
 * or read. Readers take no lock. Commits wait for {@link #rotate()}, one batch at a time. Safe for
 * use by many threads; closing it closes the store below.
 *
 * <p>Every call may throw, besides what the store below throws, {@link StoreException}s: STORE_KEY
 * for a record whose key the provider lacks or has another for, or that nobody has encrypted;
 * STORE_CORRUPT for one that does not decrypt; STORE_VERSION for one of another release.
 */
public final class EncryptedStore implements ChangeStore {

  private final ChangeStore inner;
  private final Keyring keys;
  private final RecordCipher cipher;
  /*
   * Shared by commits, taken alone by a step of a rotation: what that has read stays so until it
   * has written, and no commit under way still writes with the key before. Fair, or a rotation that
   * takes it again and again would let nobody else through.
   */
  private final Lock committing;
  private final Lock rotating;
  private volatile MasterKey current;

  private EncryptedStore(ChangeStore inner, Keyring keys, SecureRandom random, MasterKey current) {
    this.inner = inner;
    this.keys = keys;
    this.cipher = new RecordCipher(keys, random);
    this.current = current;
    ReadWriteLock lock = new ReentrantReadWriteLock(true);
    this.committing = lock.readLock();
    this.rotating = lock.writeLock();
  }

  /**
   * Encrypts what {@code inner} keeps, with the system's own randomness.
   *
   * @see #open(ChangeStore, KeyProvider, SecureRandom)
   */
  public static EncryptedStore open(ChangeStore inner, KeyProvider keys) {
    return open(inner, keys, new SecureRandom());
  }

  /**
   * Encrypts what {@code inner} keeps. The key is tried on the first record that can be read;
   * {@link #verify()} tries all. Nothing is written.
   *
   * @param inner an empty store, or one that was written like this; nobody else may use it from now
   *     on, and it is closed if it can't be opened
   * @param keys where keys come from
   * @param random where nonces come from
   * @throws StoreException STORE_KEY if there is no key to write with, if the store was encrypted
   *     with others, or is not encrypted; STORE_VERSION if another release has encrypted it
   */
  public static EncryptedStore open(ChangeStore inner, KeyProvider keys, SecureRandom random) {
    boolean opened = false;
    try {
      Keyring ring = new Keyring(keys);
      EncryptedStore store = new EncryptedStore(inner, ring, random, ring.current());
      KeySample.check(inner, store.cipher);
      opened = true;
      return store;
    } finally {
      if (!opened) {
        inner.close();
      }
    }
  }

  /**
   * Takes the provider's current key for all that is written from now on, and encrypts every record
   * that another key has written with it. When it returns, no other key is needed any more.
   *
   * <p>Goes in batches of at most 1000 records and, but for single longer ones, 16 MiB; commits and
   * reads go on between them. A document whose quarantine holds another chunk of the same changes
   * as a stored one is written in a single batch. A crash or an error leaves some records under one
   * key and some under the other, all readable; call it again. Chunks that a snapshot covers,
   * should any have been appended after it, go. Cost: reads all that is stored, once for every
   * batch of a document.
   *
   * <p>What was replaced may stay in freed room of the files, readable with the old key: {@link
   * #reclaim()} gives that back to the file system, which may keep it in turn.
   *
   * @return how many records were encrypted anew
   * @throws StoreException STORE_KEY if the provider lacks a key; whatever reading or committing
   *     throws
   */
  public long rotate() {
    MasterKey next = keys.current();
    rotating.lock();
    try {
      current = next;
    } finally {
      rotating.unlock();
    }
    long records = 0;
    for (String document : inner.documents("")) {
      boolean hasMore = true;
      while (hasMore) {
        rotating.lock();
        try {
          RotationStep step = RotationStep.of(inner, cipher, current, document);
          records += step.commit();
          hasMore = step.hasMore();
        } finally {
          rotating.unlock();
        }
      }
    }
    return records;
  }

  @Override
  public @Nullable ReplicaId identity() {
    return inner.identity();
  }

  @Override
  public List<ReplicaId> formerIdentities() {
    return inner.formerIdentities();
  }

  @Override
  public HybridTimestamp clock() {
    return inner.clock();
  }

  @Override
  public boolean isCopy() {
    return inner.isCopy();
  }

  /** That of the store below. */
  @Override
  public Durability durability() {
    return inner.durability();
  }

  @Override
  public void commit(StoreBatch batch) {
    committing.lock();
    try {
      MasterKey key = current;
      StoredSnapshot snapshot = batch.snapshot();
      inner.commit(
          new StoreBatch(
              batch.identity(),
              batch.clock(),
              batch.deleted(),
              batch.forsaken(),
              sealed(batch.chunks(), key),
              sealed(batch.merged(), key),
              sealed(batch.rewritten(), key),
              sealed(batch.quarantined(), key),
              batch.released(),
              batch.suspects(),
              snapshot == null ? null : cipher.seal(snapshot, key)));
    } finally {
      committing.unlock();
    }
  }

  private List<Chunk> sealed(List<Chunk> chunks, MasterKey key) {
    return chunks.stream().map(chunk -> cipher.seal(chunk, key)).toList();
  }

  @Override
  public void readChunks(String document, VersionVector since, Consumer<Chunk> consumer) {
    inner.readChunks(document, since, stored -> consumer.accept(cipher.open(stored)));
  }

  @Override
  public @Nullable StoredSnapshot snapshot(String document) {
    StoredSnapshot stored = inner.snapshot(document);
    return stored == null ? null : cipher.open(stored);
  }

  @Override
  public List<Chunk> quarantined(String document) {
    return inner.quarantined(document).stream().map(cipher::open).toList();
  }

  @Override
  public List<Dot> suspects(String document) {
    return inner.suspects(document);
  }

  @Override
  public List<String> documents(String prefix) {
    return inner.documents(prefix);
  }

  /** In lengths before encryption. */
  @Override
  public DocumentSize size(String document) {
    DocumentSize stored = inner.size(document);
    long overhead = RecordLayout.OVERHEAD_BYTES;
    return new DocumentSize(
        stored.chunks(),
        Math.max(0, stored.chunkBytes() - overhead * stored.chunks()),
        stored.quarantined(),
        Math.max(0, stored.quarantinedBytes() - overhead * stored.quarantined()),
        Math.max(0, stored.snapshotBytes() - overhead));
  }

  /**
   * In lengths before encryption, but for {@link StoreSize#storedBytes}, which is what the store
   * below takes. Beside commits, each document is counted at a moment of its own.
   */
  @Override
  public StoreSize size() {
    List<String> documents = inner.documents("");
    DocumentSize total = DocumentSize.EMPTY;
    for (String document : documents) {
      total = total.plus(size(document));
    }
    return new StoreSize(documents.size(), total, inner.size().storedBytes());
  }

  /**
   * What the store below says of itself, and then whether each record decrypts. Of a document that
   * the store below can't read to the end, the rest is not tried. Bytes are as stored.
   */
  @Override
  public StoreCheck verify() {
    return Decryptions.of(inner, cipher);
  }

  @Override
  public void reclaim() {
    inner.reclaim();
  }

  /** Closes the store below. */
  @Override
  public void close() {
    inner.close();
  }
}
