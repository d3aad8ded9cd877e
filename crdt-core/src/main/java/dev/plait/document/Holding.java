package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.ChangeWalk;
import dev.plait.change.Chunk;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one import keeps aside, and what it takes back from there.
 *
 * <p>Whoever can't apply a change can't apply the later ones of its author either, so what is left
 * of a block is kept aside in one piece, and as the chunk it came as if nothing of it was taken.
 */
final class Holding {
  /** Who decides what becomes of changes. */
  interface Listener {
    /** These are kept aside: what waits for them waits in vain. */
    void held(ReplicaId author, long first, long last);

    /** There is another change of that name. */
    void contradiction(Dot change, HybridTimestamp here, HybridTimestamp other);
  }

  private final DocumentState state;
  private final HybridLogicalClock clock;
  private final ApplyReport.Builder report;
  private final Listener listener;
  private final Map<Dot, HeldPiece> added = new LinkedHashMap<>();
  private final Set<Dot> released = new LinkedHashSet<>();

  /** What was taken out and may have to go back: its room is not for others. */
  private long outChanges;

  private long outBytes;

  Holding(
      DocumentState state,
      HybridLogicalClock clock,
      ApplyReport.Builder report,
      Listener listener) {
    this.state = state;
    this.clock = clock;
    this.report = report;
    this.listener = listener;
  }

  void clear() {
    added.clear();
    released.clear();
    outChanges = 0;
    outBytes = 0;
  }

  boolean isEmpty() {
    return added.isEmpty() && released.isEmpty();
  }

  /** What has to be kept from now on. */
  List<HeldPiece> added() {
    List<HeldPiece> kept = new ArrayList<>(added.values());
    kept.removeIf(piece -> released.contains(piece.name()));
    return kept;
  }

  /** The names of what need not be kept any longer. */
  List<Dot> released() {
    return List.copyOf(released);
  }

  /** Shows the clock the stamps that are too far ahead, which are worth knowing all the same. */
  void showTo(HybridLogicalClock shown) {
    for (HeldPiece piece : added()) {
      if (piece.reason.kind() == HeldReason.Kind.TIME) {
        shown.observe(piece.author, piece.lastTime());
      }
    }
  }

  // ---- out

  /** Pieces were taken out to be looked at again; without a {@link #hold} they stay out. */
  List<Block> reopen(List<HeldPiece> pieces) {
    List<Block> blocks = new ArrayList<>(pieces.size());
    for (HeldPiece piece : pieces) {
      released.add(piece.name());
      outChanges += piece.weight();
      outBytes += piece.bytes;
      blocks.add(piece.block());
    }
    return blocks;
  }

  /** Changes up to this one are part of the document, and need not be kept aside any longer. */
  void applied(ReplicaId author, long last) {
    if (!state.held.isEmpty()) {
      forget(state.held.takeUpTo(author, last));
    }
  }

  private void forget(List<HeldPiece> pieces) {
    for (HeldPiece piece : pieces) {
      added.remove(piece.name());
      released.add(piece.name());
    }
  }

  // ---- in

  /** Keeps a change aside, if there is room. */
  void hold(Change change, HeldReason reason) {
    Block block = new Block(ChangeColumns.of(List.of(change)), true);
    block.restart();
    block.begin();
    hold(block, reason);
  }

  /** Keeps what is left of a block aside, as far as there is room; nothing is left of it then. */
  void hold(Block block, HeldReason reason) {
    HeldPiece piece = block.piece;
    if (piece != null) {
      outChanges -= piece.weight();
      outBytes -= piece.bytes;
    }
    if (piece != null && block.walk.index() == 0) {
      putBack(piece, reason);
    } else {
      holdRest(block, reason);
    }
    block.leave();
  }

  private void putBack(HeldPiece piece, HeldReason reason) {
    if (state.held.covering(piece.author, piece.first, piece.last) == null) {
      piece.reason = reason;
      released.remove(piece.name());
      forget(state.held.add(piece));
    }
    listener.held(piece.author, piece.first, piece.last);
  }

  private void holdRest(Block block, HeldReason reason) {
    ReplicaId author = block.columns.replica();
    long last = block.columns.lastCounter();
    boolean told = block.piece == null;
    if (told) {
      skipHeld(block);
    } else if (state.held.covering(author, block.counter(), last) != null) {
      return;
    }
    long first = block.counter();
    if (first > last) {
      return;
    }
    HeldPiece rest = rest(block, reason);
    if (rest != null) {
      put(rest);
      if (told) {
        tell(rest, first, rest.last);
      }
      listener.held(author, first, rest.last);
    }
    long kept = rest == null ? first - 1 : rest.last;
    if (kept < last) {
      report.noRoom(author, kept + 1, last);
    }
  }

  /**
   * Leaves out what is kept aside already: it needs no room again, and must not lose what it has.
   */
  private void skipHeld(Block block) {
    ReplicaId author = block.columns.replica();
    HeldPiece known = known(author, block);
    while (known != null) {
      long upTo = Math.min(known.last, block.columns.lastCounter());
      int count = (int) (upTo - block.counter() + 1);
      compare(known, block, upTo);
      block.walk.skip(count);
      known = known(author, block);
    }
  }

  private @Nullable HeldPiece known(ReplicaId author, Block block) {
    return block.left() == 0 ? null : state.held.covering(author, block.counter(), block.counter());
  }

  /** Tells of changes that a piece holds already, or holds others of the same name instead. */
  private void compare(HeldPiece piece, Block block, long last) {
    long same = block.counter();
    if (piece.columns == null) {
      tell(piece, same, last);
      return;
    }
    ChangeWalk here = piece.columns.walk();
    here.skip((int) (same - piece.first));
    ChangeWalk other = block.ahead;
    other.goTo(block.walk);
    for (long counter = same; counter <= last; counter++) {
      Change held = here.change();
      Change offered = other.change();
      if (!held.equals(offered)) {
        tell(piece, same, counter - 1);
        report.another(held.dot());
        listener.contradiction(held.dot(), held.time(), offered.time());
        same = counter + 1;
      }
    }
    tell(piece, same, last);
  }

  /** As much of what is left of a block as there is room for. */
  private @Nullable HeldPiece rest(Block block, HeldReason reason) {
    ColumnSizes sizes = new ColumnSizes();
    long bytes = ColumnSizes.CHUNK;
    int count = 0;
    int left = block.left();
    boolean fits = true;
    block.ahead.goTo(block.walk);
    while (fits && count < left) {
      long more = sizes.ofNext(block.ahead);
      // What was kept aside before has its room.
      fits = block.piece != null || hasRoom(count, bytes, more);
      if (fits) {
        sizes.taken();
        bytes += more;
        count++;
      }
    }
    if (count == 0) {
      return null;
    }
    if (block.keepable && count == block.columns.size()) {
      return HeldPiece.of(block.columns, bytes, block.source, reason);
    }
    ChangeWalk walk = block.ahead;
    walk.goTo(block.walk);
    ChangeColumns columns =
        new ChangeColumns(block.columns.replica(), walk.counter(), walk.seq(), walk.previousTime());
    columns.append(walk, count);
    Chunk whole = count == block.columns.size() ? block.source : null;
    return HeldPiece.of(columns, bytes, whole, reason);
  }

  private boolean hasRoom(long besidesChanges, long besidesBytes, long moreBytes) {
    return state.held.hasRoom(outChanges + besidesChanges, outBytes + besidesBytes, moreBytes);
  }

  /** Keeps a chunk aside that can't be read, if there is room. */
  void hold(Chunk chunk, HeldReason reason, long first) {
    ReplicaId author = chunk.header().replica();
    long last = chunk.header().lastCounter();
    HeldPiece known = state.held.covering(author, chunk.header().firstCounter(), last);
    if (known == null) {
      if (!hasRoom(0, 0, chunk.size())) {
        report.noRoom(author, first, last);
        return;
      }
      known = HeldPiece.unreadable(chunk, reason);
      put(known);
    }
    tell(known, first, last);
    listener.held(author, first, last);
  }

  private void put(HeldPiece piece) {
    forget(state.held.add(piece));
    added.put(piece.name(), piece);
    released.remove(piece.name());
  }

  /** What became of changes that a piece holds. */
  private void tell(HeldPiece piece, long first, long last) {
    if (first > last) {
      return;
    }
    HeldReason reason = piece.reason;
    if (reason.kind() == HeldReason.Kind.TIME && piece.columns != null) {
      ChangeWalk walk = piece.columns.walk();
      walk.skip((int) (first - piece.first));
      for (long counter = first; counter <= last; counter++) {
        HybridTimestamp time = new HybridTimestamp(walk.time());
        report.quarantined(new Dot(piece.author, counter), clock.acceptableAtMillis(time));
        walk.skip(1);
      }
    } else if (reason.kind() == HeldReason.Kind.REJECTED) {
      Dot rejected = piece.name();
      if (first == piece.first) {
        report.rejected(rejected, reason.code(), reason.text(), true);
      }
      HeldReason after = HeldReason.after(rejected);
      long from = Math.max(first, piece.first + 1);
      if (from <= last) {
        report.held(piece.author, from, last, after.code(), after.text());
      }
    } else {
      report.held(piece.author, first, last, reason.code(), reason.text());
    }
  }
}
