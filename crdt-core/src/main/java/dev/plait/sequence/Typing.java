package dev.plait.sequence;

/**
 * The insertion that was made last, as long as nothing else was done: what goes on from it needs no
 * search. Not thread-safe.
 */
final class Typing {
  private static final int NONE = SpanTree.NONE;

  /** The span that was made or extended; NONE when something else was done since. */
  int slot = NONE;

  /** The int of the next element. */
  int next;

  /** The position behind the elements, where they were inserted here; else NONE. */
  int position = NONE;

  private int author;
  private long seq;
  private int end;

  /** Remembers an insertion by the author, id, int and limit of what could go on from it. */
  void start(int span, int byAuthor, long nextSeq, int nextElement, int endOfElements) {
    slot = span;
    author = byAuthor;
    seq = nextSeq;
    next = nextElement;
    end = endOfElements;
    position = NONE;
  }

  void stop() {
    slot = NONE;
  }

  /** The element inserted last. */
  int last() {
    return next - 1;
  }

  /** Whether these would be the next ids of the same author. */
  boolean isContinuedBy(int byAuthor, long firstSeq, int count) {
    return slot != NONE && firstSeq == seq && byAuthor == author && count <= end - next;
  }

  void advance(int count) {
    next += count;
    seq += count;
  }
}
