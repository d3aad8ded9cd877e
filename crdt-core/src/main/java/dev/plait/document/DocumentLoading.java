package dev.plait.document;

import dev.plait.change.ChangeColumns;
import dev.plait.change.ChangeWalk;
import dev.plait.change.Chunk;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds a document's state from what its host keeps.
 *
 * <p>A transaction leaves a chunk, so there may be as many chunks as keystrokes. Those that go on
 * from each other are put together, and applied as few, long blocks.
 */
final class DocumentLoading implements DocumentHost.Loader {
  private static final int LONG_CHANGES = 4096;
  private static final int LONG_ROWS = 1024;

  private final DocumentState state;
  private final HybridLogicalClock clock;
  private final Codec codec;
  private final Import run;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Chunk> aside = new ArrayList<>();

  /** The first change of a branch that is left out; null to take everything. */
  private @Nullable Dot branch;

  /** Whose changes are left out with the branch. */
  private @Nullable ReplicaId onTop;

  /** Whether all but the chunks is there already. */
  private boolean chunksOnly;

  /** What chunks are decoded into that go on from the last block; null if it is in use. */
  private @Nullable ChangeColumns spare;

  /** The last block's, which may be added to. */
  private @Nullable ChangeColumns last;

  private DocumentLoading(DocumentState state, HybridLogicalClock clock, Codec codec) {
    this.state = state;
    this.clock = clock;
    this.codec = codec;
    this.run = Import.trusted(state, clock);
  }

  /** The state a host keeps; an empty one without a host. */
  static DocumentState load(
      Limits limits, HybridLogicalClock clock, Codec codec, @Nullable DocumentHost host) {
    DocumentLoading loading = new DocumentLoading(new DocumentState(limits), clock, codec);
    if (host != null) {
      host.load(loading);
    }
    return loading.finish();
  }

  /**
   * The state without a branch.
   *
   * @param branch the first change of the branch; nothing of its author is taken from there on
   * @param onTop who has gone on from the branch; none of its changes is taken
   */
  static DocumentState without(
      Dot branch,
      ReplicaId onTop,
      Limits limits,
      HybridLogicalClock clock,
      Codec codec,
      Consumer<DocumentHost.Loader> kept) {
    DocumentLoading loading = new DocumentLoading(new DocumentState(limits), clock, codec);
    loading.branch = branch;
    loading.onTop = onTop;
    kept.accept(loading);
    loading.state.suspects.remove(branch.replica());
    loading.aside.removeIf(chunk -> chunk.header().replica().equals(branch.replica()));
    return loading.finish();
  }

  /**
   * Takes what is kept into a state {@link #without} a branch once more, now that more is there: of
   * what had to wait, only as much is in the inbox as there was room for.
   */
  static void complete(
      DocumentState without,
      Dot branch,
      ReplicaId onTop,
      HybridLogicalClock clock,
      Codec codec,
      Consumer<DocumentHost.Loader> kept) {
    DocumentLoading loading = new DocumentLoading(without, clock, codec);
    loading.branch = branch;
    loading.onTop = onTop;
    loading.chunksOnly = true;
    kept.accept(loading);
    loading.run.offer(loading.blocks);
    loading.run.finish();
  }

  private DocumentState finish() {
    run.offer(blocks);
    run.finish();
    long lastDue = clock.lastWithinDrift(clock.wallMillis());
    aside.forEach(chunk -> keepAside(chunk, lastDue));
    for (Snapshot.Author author : state.authors.snapshot()) {
      clock.raiseTo(author.lastTime());
    }
    return state;
  }

  /** What of these is taken: all of it, or the beginning; null for nothing. */
  private @Nullable ChangeColumns taken(ChangeColumns columns) {
    Dot first = branch;
    if (first == null) {
      return columns;
    }
    long last = columns.lastCounter();
    if (columns.replica().equals(onTop)) {
      last = 0;
    } else if (columns.replica().equals(first.replica())) {
      last = Math.min(last, first.counter() - 1);
    }
    if (last < columns.firstCounter()) {
      return null;
    }
    if (last == columns.lastCounter()) {
      return columns;
    }
    ChangeColumns beginning =
        new ChangeColumns(
            columns.replica(), columns.firstCounter(), columns.firstSeq(), columns.previousTime());
    beginning.append(columns.walk(), (int) (last - columns.firstCounter() + 1));
    return beginning;
  }

  @Override
  public void snapshot(Snapshot snapshot) {
    if (!chunksOnly) {
      SnapshotJoin.fill(state, snapshot, clock, false);
    }
  }

  @Override
  public void chunk(Chunk chunk) {
    ChangeColumns decoded = spare != null ? spare : new ChangeColumns(chunk.header().replica());
    codec.decodeChunk(chunk, decoded);
    ChangeColumns columns = taken(decoded);
    if (columns == null) {
      spare = decoded;
      return;
    }
    ChangeColumns before = last;
    if (before != null && before.replica().equals(columns.replica()) && goesOn(before, columns)) {
      long known = before.lastCounter() - columns.firstCounter() + 1;
      if (known < columns.size()) {
        ChangeWalk walk = columns.walk();
        walk.skip((int) known);
        before.append(walk, columns.size() - (int) known);
      }
      spare = columns;
    } else {
      Block block = new Block(columns, true);
      block.restart();
      blocks.add(block);
      last = columns;
      spare = null;
    }
  }

  /** Whether the changes start within or right behind those before, which are not too many yet. */
  private static boolean goesOn(ChangeColumns before, ChangeColumns columns) {
    return before.size() < LONG_CHANGES
        && before.rows().count() < LONG_ROWS
        && columns.firstCounter() >= before.firstCounter()
        && columns.firstCounter() <= before.lastCounter() + 1;
  }

  @Override
  public void quarantined(Chunk chunk) {
    aside.add(chunk);
  }

  @Override
  public void suspect(Dot change) {
    if (!chunksOnly) {
      state.suspects.putIfAbsent(change.replica(), change);
    }
  }

  @Override
  public void former(ReplicaId replica) {
    state.former.add(replica);
  }

  private void keepAside(Chunk chunk, long lastDue) {
    HeldPiece piece = piece(chunk);
    if (piece.columns != null && piece.columns.firstTime() > lastDue) {
      piece.reason = HeldReason.TIME;
    }
    if (piece.columns != null || !state.authors.includes(chunk.header().last())) {
      state.held.add(piece);
    }
  }

  private HeldPiece piece(Chunk chunk) {
    if (!codec.canRead(chunk.header())) {
      return HeldPiece.unreadable(chunk, HeldReason.format(chunk.header().revision()));
    }
    ChangeColumns columns = new ChangeColumns(chunk.header().replica());
    try {
      codec.decodeChunk(chunk, columns);
    } catch (ProtocolException malformed) {
      // It was taken in by a release that could not read it, so nobody has checked it before.
      HeldReason reason =
          HeldReason.rejected(malformed.code(), String.valueOf(malformed.getMessage()));
      return HeldPiece.unreadable(chunk, reason);
    }
    return HeldPiece.of(columns, chunk.size(), chunk, HeldReason.OPEN);
  }
}
