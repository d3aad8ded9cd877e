package dev.plait.sync;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Codec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * A change can be said as what follows the one before it only if the listener has that very one.
 * So each end keeps what went over this session in one direction: the last small change of a few
 * authors, noted by the speaker as it sends and by the listener as it receives. What a replica got
 * elsewhere is left out, for there an author may have given one name to two changes.
 *
 * The author is named by four bytes. The speaker sees to it that they can mean only one: it uses
 * them for nobody if any two authors of whom it has sent a small change share them. The listener
 * knows no others.
 */
/** The last small changes of one document that went over a session in one direction. */
final class LastChanges {

  static final int AUTHORS = 16;

  /** A chunk of one change is small up to this size. */
  static final int SMALL_BYTES = 256;

  /** How many authors can be told apart by four bytes; what is beyond is said in full. */
  private static final int MAX_NAMES = 1024;

  private final Map<ReplicaId, Entry> last = new LinkedHashMap<>();
  private final Map<Integer, ReplicaId> names = new HashMap<>();
  private final Map<Integer, ReplicaId> shared = new HashMap<>();
  private boolean crowded;

  /** A small change, decoded when that is first asked for. */
  private static final class Entry {
    final Chunk chunk;
    @Nullable Change change;

    Entry(Chunk chunk, @Nullable Change change) {
      this.chunk = chunk;
      this.change = change;
    }

    long counter() {
      return chunk.header().lastCounter();
    }
  }

  static boolean isSmall(Chunk chunk) {
    return chunk.header().changeCount() == 1 && chunk.size() <= SMALL_BYTES;
  }

  static int name(ReplicaId author) {
    return (int) (author.high() >>> Integer.SIZE);
  }

  /** Notes a chunk that was sent, or received, if it is a small change. */
  void note(Chunk chunk) {
    note(chunk, null);
  }

  /** The same for one that has been decoded already. */
  void note(Chunk chunk, @Nullable Change change) {
    if (!isSmall(chunk)) {
      return;
    }
    ReplicaId author = chunk.header().replica();
    noteName(author);
    Entry known = last.get(author);
    if (known == null || known.counter() < chunk.header().lastCounter()) {
      last.remove(author);
      last.put(author, new Entry(chunk, change));
      if (last.size() > AUTHORS) {
        last.remove(last.keySet().iterator().next());
      }
    }
  }

  private void noteName(ReplicaId author) {
    int name = name(author);
    ReplicaId known = names.get(name);
    if (known != null && !known.equals(author)) {
      shared.put(name, author);
    } else if (known == null && names.size() < MAX_NAMES) {
      names.put(name, author);
    } else if (known == null) {
      crowded = true;
    }
  }

  /** Whether the listener can't take the author's four bytes for those of somebody else. */
  boolean isUnmistakable(ReplicaId author) {
    return !crowded && !shared.containsKey(name(author));
  }

  /** The author of these four bytes who was noted last; null if there is none. */
  @Nullable ReplicaId author(int name) {
    return names.get(name);
  }

  /** The noted change of an author, if it is the one of this counter. */
  @Nullable Change find(ReplicaId author, long counter, Codec codec) {
    Entry entry = last.get(author);
    if (entry == null || entry.counter() != counter || !codec.canRead(entry.chunk.header())) {
      return null;
    }
    if (entry.change == null) {
      entry.change = codec.decodeChunk(entry.chunk).get(0);
    }
    return entry.change;
  }
}
