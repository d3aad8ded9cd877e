package dev.plait.codec;

import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.change.Snapshot;
import dev.plait.message.SyncMessage;
import java.util.List;
import java.util.function.IntFunction;

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
   * Encodes consecutive changes of one replica.
   *
   * @param document the document they belong to
   * @param changes at least one; same replica, counters without gaps
   */
  Chunk encodeChunk(String document, List<Change> changes);

  /**
   * Encodes all changes of columns, which are at least one.
   *
   * @param document the document they belong to
   */
  default Chunk encodeChunk(String document, ChangeColumns changes) {
    return encodeChunk(document, changes.changes(0, changes.size()));
  }

  /**
   * Reads the clear header of a chunk that was stored or received; the payload stays unread.
   *
   * @throws ProtocolException if the header breaks the format
   */
  Chunk readChunk(byte[] bytes);

  /**
   * Decodes all changes of a chunk.
   *
   * @throws ProtocolException if the bytes break the format or a limit
   */
  List<Change> decodeChunk(Chunk chunk);

  /**
   * Decodes all changes of a chunk into columns, whatever these held before.
   *
   * @throws ProtocolException if the bytes break the format or a limit
   */
  default void decodeChunk(Chunk chunk, ChangeColumns into) {
    List<Change> changes = decodeChunk(chunk);
    Change first = changes.get(0);
    into.reset(first.dot().replica(), first.dot().counter(), first.firstSeq());
    changes.forEach(into::add);
  }

  /**
   * Decodes all changes of a bundle, chunk by chunk, into columns.
   *
   * @param document the document they must belong to
   * @param into gives the columns to decode the n-th chunk into, whatever these held before
   * @return how many chunks there were
   * @throws ProtocolException if the bytes break the format or a limit; WRONG_DOCUMENT if they
   *     belong to another document
   */
  default int decodeBundle(byte[] bytes, String document, IntFunction<ChangeColumns> into) {
    List<Chunk> chunks = decodeBundle(bytes);
    for (int i = 0; i < chunks.size(); i++) {
      String named = chunks.get(i).header().document();
      if (!document.equals(named)) {
        throw new ProtocolException(
            ProtocolException.WRONG_DOCUMENT,
            "the bytes belong to document \"" + named + "\", this is \"" + document + "\"");
      }
      decodeChunk(chunks.get(i), into.apply(i));
    }
    return chunks.size();
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
