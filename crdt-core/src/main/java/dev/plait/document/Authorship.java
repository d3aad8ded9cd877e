package dev.plait.document;

import dev.plait.change.ChangeWalk;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Works out who wrote which piece of a text, and when: elements tell their author, and the history
 * which change used up their sequence numbers. Cost: linear in the text and in the changes held.
 */
final class Authorship implements Text.Passages {
  private final History history;
  private final Map<ReplicaId, Moments> byAuthor = new HashMap<>();
  private final List<AuthoredText> pieces = new ArrayList<>();
  private final StringBuilder open = new StringBuilder();
  private @Nullable ReplicaId openAuthor;
  private @Nullable HybridTimestamp openTime;

  /** The changes of one author that are held: the first id each could use, and its time. */
  private static final class Moments {
    final LongArrayList firstSeqs = new LongArrayList();
    final LongArrayList times = new LongArrayList();
    long endSeq = Long.MIN_VALUE;

    /** The last change whose ids begin at or before this one; -1 if it is not held. */
    int find(long seq) {
      if (seq >= endSeq) {
        return -1;
      }
      int low = 0;
      int high = firstSeqs.size() - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        if (firstSeqs.get(middle) <= seq) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return high;
    }

    /** Behind the last id that a change used. */
    long endOf(int change) {
      return change + 1 < firstSeqs.size() ? firstSeqs.get(change + 1) : endSeq;
    }
  }

  private Authorship(History history) {
    this.history = history;
  }

  /** The pieces of a text from start to end. */
  static List<AuthoredText> of(Text text, History history) {
    Authorship authorship = new Authorship(history);
    text.forEachPassage(authorship);
    authorship.close();
    return List.copyOf(authorship.pieces);
  }

  @Override
  public void passage(ReplicaId author, long seq, String text) {
    Moments moments = byAuthor.computeIfAbsent(author, this::moments);
    int done = 0;
    while (done < text.length()) {
      int change = moments.find(seq + done);
      int end = text.length();
      HybridTimestamp time = null;
      if (change >= 0) {
        end = (int) Math.min(end, moments.endOf(change) - seq);
        time = new HybridTimestamp(moments.times.get(change));
      } else if (moments.firstSeqs.size() > 0 && moments.firstSeqs.get(0) > seq + done) {
        end = (int) Math.min(end, moments.firstSeqs.get(0) - seq);
      }
      add(text.substring(done, end), author, time);
      done = end;
    }
  }

  private Moments moments(ReplicaId author) {
    Moments moments = new Moments();
    AuthorLog log = history.find(author);
    AuthorLog.Cursor cursor = log == null ? null : log.start();
    while (cursor != null && cursor.inReach() > 0) {
      ChangeWalk walk = cursor.walk();
      for (int left = cursor.inReach(); left > 0; left--) {
        long seq = walk.seq();
        long time = walk.time();
        walk.skip(1);
        if (walk.seq() > seq) {
          moments.firstSeqs.add(seq);
          moments.times.add(time);
          moments.endSeq = walk.seq();
        }
      }
    }
    return moments;
  }

  private void add(String text, ReplicaId author, @Nullable HybridTimestamp time) {
    boolean goesOn =
        author.equals(openAuthor) && (time == null ? openTime == null : time.equals(openTime));
    if (!goesOn) {
      close();
      openAuthor = author;
      openTime = time;
    }
    open.append(text);
  }

  private void close() {
    ReplicaId author = openAuthor;
    if (author != null) {
      pieces.add(new AuthoredText(open.toString(), author, openTime));
      open.setLength(0);
    }
  }
}
