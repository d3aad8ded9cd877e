package dev.plait.codec;

import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.change.Snapshot;
import dev.plait.clock.ReplicaId;
import dev.plait.message.SyncMessage;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Turns changes, snapshots and messages into bytes and back.
 *
 * <p>Contract: equal input gives equal bytes on every machine; {@code decode} of {@code encode} is
 * equal to what went in; every {@code decode} trusts nothing, checks the {@link Limits} it was
 * built with before it allocates, and throws {@link ProtocolException} with nothing changed.
 * Stateless and safe for use by many threads.
 */
public interface Codec {

  /**
   * Encodes all changes of columns, which are at least one.
   *
   * @param document the document they belong to
   */
  Chunk encodeChunk(String document, ChangeColumns changes);

  /**
   * Encodes consecutive changes of one replica.
   *
   * @param document the document they belong to
   * @param changes at least one; same replica, counters without gaps
   */
  default Chunk encodeChunk(String document, List<Change> changes) {
    return encodeChunk(document, ChangeColumns.of(changes));
  }

  /**
   * Reads the clear header of a chunk that was stored or received; the payload stays unread, and
   * may be one that this codec {@linkplain #canRead can't read}.
   *
   * @throws ProtocolException if the header breaks the format; UNSUPPORTED_VERSION if it is in
   *     another version of it
   */
  Chunk readChunk(byte[] bytes);

  /**
   * Whether this codec can decode the payload of a chunk. If not, a newer release wrote it: the
   * chunk can be stored and relayed, byte for byte, but not applied.
   */
  boolean canRead(ChunkHeader header);

  /**
   * Decodes all changes of a chunk into columns, whatever these held before.
   *
   * @throws ProtocolException if the bytes break the format or a limit; UNSUPPORTED_VERSION if it
   *     {@linkplain #canRead can't be read}
   */
  void decodeChunk(Chunk chunk, ChangeColumns into);

  /**
   * Decodes all changes of a chunk.
   *
   * @throws ProtocolException if the bytes break the format or a limit
   */
  default List<Change> decodeChunk(Chunk chunk) {
    ChangeColumns changes = new ChangeColumns(chunk.header().replica());
    decodeChunk(chunk, changes);
    return changes.changes(0, changes.size());
  }

  /**
   * Decodes all changes of a bundle, chunk by chunk, into columns.
   *
   * @param document the document they must belong to
   * @param into gives the columns to decode the n-th chunk into, whatever these held before
   * @return how many chunks there were; -1 if the payload of one {@linkplain #canRead can't be
   *     read}: nothing that was decoded is of use then, and {@link #decodeBundle(byte[])} gives the
   *     chunks
   * @throws ProtocolException if the bytes break the format or a limit; WRONG_DOCUMENT if they
   *     belong to another document
   */
  int decodeBundle(byte[] bytes, String document, IntFunction<ChangeColumns> into);

  /** A decoder for one thread at a time, to be kept for bundle after bundle. */
  default ChangesDecoder decoder() {
    return this::decodeBundle;
  }

  /**
   * Encodes a change as what follows the one before it, for a receiver that holds that one: typing
   * on takes a few bytes. What is decoded is equal to {@code next}, so that its chunk, made by
   * either side, is the same byte for byte.
   *
   * @param previous the change of the same author before it
   * @param listener the replica that is to decode it; what depends on a change of its is said by
   *     the counter of that change
   * @return null if the change can't be said so: it does not follow, has more than one operation,
   *     one that is not on the text of the operation before, or depends on somebody else than the
   *     listener
   */
  default byte @Nullable [] encodeNext(Change previous, Change next, ReplicaId listener) {
    return null;
  }

  /**
   * Decodes what {@link #encodeNext} made.
   *
   * @param previous the change of the same author before it, equal to the one it was encoded with
   * @param listener the replica for which it was encoded
   * @throws ProtocolException if the bytes break the format or a limit, or what they say can't
   *     follow {@code previous}
   */
  default Change decodeNext(Change previous, byte[] bytes, ReplicaId listener) {
    throw new ProtocolException(
        ProtocolException.UNSUPPORTED_VERSION, "this codec has no short form of a change");
  }

  /** Encodes chunks for a trip in one piece, in the order given. */
  byte[] encodeBundle(List<Chunk> chunks);

  /**
   * Takes a bundle apart into its chunks.
   *
   * @throws ProtocolException if the bytes break the format or a limit
   */
  List<Chunk> decodeBundle(byte[] bytes);

  /** Encodes the state of a document. */
  byte[] encodeSnapshot(Snapshot snapshot);

  /**
   * Decodes the state of a document.
   *
   * @throws ProtocolException if the bytes break the format or a limit
   */
  Snapshot decodeSnapshot(byte[] bytes);

  /** Encodes one session message as one frame. */
  byte[] encodeMessage(SyncMessage message);

  /**
   * Decodes one frame.
   *
   * @throws ProtocolException if the bytes break the format or a limit
   */
  SyncMessage decodeMessage(byte[] frame);
}
