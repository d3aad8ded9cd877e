package dev.plait.store;

import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a replica keeps what it must not lose.
 *
 * <p>A store sees opaque bytes and clear headers only. One process opens it at a time; within the
 * process it is safe for use by many threads: one commit at a time, readers beside it. Every method
 * throws a {@link StoreException} and nothing else when something goes wrong; a failed call changes
 * nothing. Document names are well-formed Unicode; any other is refused as UNSTORABLE, also in
 * questions.
 */
public interface ChangeStore extends AutoCloseable {

  /** Who writes here; null until a batch has set it. */
  @Nullable ReplicaId identity();

  /** Who has written here before, earliest first: each identity that a batch has replaced. */
  List<ReplicaId> formerIdentities();

  /** The highest clock reading a batch has recorded; {@link HybridTimestamp#ZERO} before. */
  HybridTimestamp clock();

  /**
   * Whether what is stored was copied or restored since this store last wrote it, as far as can be
   * told. Whoever writes has to take another identity first: somebody else may be writing under
   * this one. A batch that sets an identity ends it.
   */
  boolean isCopy();

  /** What "committed" means here. */
  Durability durability();

  /**
   * Writes all of the batch or nothing, and returns when it is as safe as {@link #durability()}
   * says. An appended chunk whose (document, replica, first counter) is there already replaces the
   * stored one only when it reaches further; the same holds within the quarantine.
   */
  void commit(StoreBatch batch);

  /**
   * Hands over the chunks of a document that hold any change above {@code since}, ordered by
   * replica (unsigned bytes), then first counter. They are read as of one moment. The consumer must
   * not call the store.
   */
  void readChunks(String document, VersionVector since, Consumer<Chunk> consumer);

  /** The snapshot of a document, or null if none was written. */
  @Nullable StoredSnapshot snapshot(String document);

  /** The quarantined chunks of a document, ordered by replica, then first counter. */
  List<Chunk> quarantined(String document);

  /**
   * The changes of a document of whose name there is another, at most one of each replica: the
   * first that a batch has named. Ordered by replica.
   */
  List<Dot> suspects(String document);

  /**
   * The names of all documents with any chunk, quarantined chunk, suspect or snapshot whose name
   * starts with {@code prefix}, ordered by their UTF-8 bytes, unsigned.
   */
  List<String> documents(String prefix);

  /**
   * How much is kept of a document; nothing if it is not there. No chunk is read for it from a
   * durable store.
   */
  DocumentSize size(String document);

  /** How much is kept in all. Cost: O(documents). */
  StoreSize size();

  /**
   * Reads everything there is and tells what of it is not as it was written; what can't be read is
   * in the answer, not thrown. Reads and commits go on meanwhile, unless they need the same lock.
   *
   * @throws StoreException STORE_CLOSED; STORE_IO if the device fails
   */
  StoreCheck verify();

  /**
   * Gives the room of what was deleted and replaced back to the file system. Takes as long as
   * copying all that is kept, and as much room; readers go on, commits may wait. A crash leaves
   * everything as it was before or after.
   */
  void reclaim();

  /** Releases the store; further calls throw {@link StoreException}. Closing twice is allowed. */
  @Override
  void close();
}
