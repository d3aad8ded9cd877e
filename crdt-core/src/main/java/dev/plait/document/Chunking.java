package dev.plait.document;

import dev.plait.change.ChangeColumns;
import dev.plait.change.ChangeWalk;
import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts changes into chunks, each of consecutive changes of one replica and within the limits.
 *
 * <p>A bundle, which arrives in one piece, may hold one author after the other: few, large chunks.
 * What is sent message by message has to be of use as it arrives, so each message takes the next
 * changes in causal order, and only inside it they are put together by author.
 */
final class Chunking {
  /** The most changes in one message. */
  private static final int MESSAGE_CHANGES = 4096;

  private final Codec codec;
  private final String document;
  private final Limits limits;

  /** A chunking of changes of one document. */
  Chunking(Codec codec, String document, Limits limits) {
    this.codec = codec;
    this.document = document;
    this.limits = limits;
  }

  /** Encodes each of these as a chunk. */
  List<Chunk> encode(List<ChangeColumns> pieces) {
    List<Chunk> chunks = new ArrayList<>(pieces.size());
    for (ChangeColumns piece : pieces) {
      chunks.add(codec.encodeChunk(document, piece));
    }
    return chunks;
  }

  /** Everything after a version, one author after the other. */
  List<ChangeColumns> byAuthor(History history, VersionVector since) {
    List<ChangeColumns> pieces = new ArrayList<>();
    for (AuthorLog.Cursor cursor : history.cursors(since)) {
      pieces.addAll(pieces(cursor, Long.MAX_VALUE));
    }
    return pieces;
  }

  /** The next changes of an author, so many or all there are, in pieces for a chunk each. */
  List<ChangeColumns> pieces(AuthorLog.Cursor cursor, long count) {
    List<ChangeColumns> pieces = new ArrayList<>(1);
    Piece piece = new Piece(cursor);
    for (long left = count; left > 0 && cursor.inReach() > 0; left--) {
      long size = piece.measure(cursor);
      if (!piece.fits(size)) {
        pieces.add(piece.columns);
        piece = new Piece(cursor);
        size = piece.measure(cursor);
      }
      piece.take(cursor, size);
    }
    pieces.add(piece.columns);
    return pieces;
  }

  /** The next changes after a version, as many as fit a message, put together by author. */
  List<ChangeColumns> next(History history, VersionVector since, long enoughBytes) {
    History.Passage passage = history.passage(since);
    Map<ReplicaId, List<Piece>> byAuthor = new LinkedHashMap<>();
    long bytes = 0;
    int changes = 0;
    for (int count = passage.next(); count > 0 && bytes <= enoughBytes; count = passage.next()) {
      AuthorLog.Cursor cursor = passage.cursor();
      List<Piece> pieces =
          byAuthor.computeIfAbsent(
              cursor.replica(), any -> new ArrayList<>(List.of(new Piece(cursor))));
      for (int i = 0; i < count && bytes <= enoughBytes; i++) {
        Piece piece = pieces.get(pieces.size() - 1);
        long size = piece.measure(cursor);
        if (!piece.fits(size)) {
          piece = new Piece(cursor);
          size = piece.measure(cursor);
          pieces.add(piece);
        }
        bytes += size;
        if (changes == 0 || (changes < MESSAGE_CHANGES && bytes <= enoughBytes)) {
          piece.take(cursor, size);
          changes++;
        } else {
          bytes = Long.MAX_VALUE; // causal order must not go on behind what did not fit
        }
      }
    }
    List<ChangeColumns> all = new ArrayList<>();
    for (List<Piece> pieces : byAuthor.values()) {
      pieces.stream().map(piece -> piece.columns).filter(some -> some.size() > 0).forEach(all::add);
    }
    return all;
  }

  /** A chunk in the making. */
  private final class Piece {
    final ChangeColumns columns;
    private final ColumnSizes sizes = new ColumnSizes();
    private long bytes;

    /** An empty piece for the next changes of a cursor. */
    Piece(AuthorLog.Cursor cursor) {
      cursor.inReach();
      ChangeWalk next = cursor.walk();
      columns =
          new ChangeColumns(cursor.replica(), next.counter(), next.seq(), next.previousTime());
    }

    /** By how much the next change makes the piece longer. */
    long measure(AuthorLog.Cursor cursor) {
      return (columns.size() == 0 ? ColumnSizes.CHUNK : 0) + sizes.ofNext(cursor.ahead());
    }

    /** Whether there is room for so much; for the first change there always is. */
    boolean fits(long size) {
      return columns.size() == 0
          || (columns.size() < limits.maxChunkChanges() && bytes + size <= limits.maxChangeBytes());
    }

    /** Adds the change that was measured last. */
    void take(AuthorLog.Cursor cursor, long size) {
      cursor.copy(1, columns);
      sizes.taken();
      bytes += size;
    }
  }
}
