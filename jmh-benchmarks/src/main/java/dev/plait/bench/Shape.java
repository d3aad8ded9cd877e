package dev.plait.bench;

import dev.plait.crdt.State;
import dev.plait.crdt.Text;
import java.util.SplittableRandom;

/** What the history of a text has made of it. */
public enum Shape {
  /** All of it is one run. */
  TYPED,

  /** Pieces of 20 units were put anywhere, which cut each other: a run for every 10 units. */
  FRAGMENTED;

  private static final String PIECE = "twenty units of text";

  /** A text of this shape with {@code length} units, written by author 0. */
  State.OfText state(int length) {
    Author author = new Author(new Text(), Author.id(0), Recorder.ofEdits());
    if (this == TYPED) {
      author.insert(0, PIECE.repeat(length / PIECE.length() + 1).substring(0, length));
    } else {
      SplittableRandom random = new SplittableRandom(length);
      int left = length;
      while (left > 0) {
        int part = Math.min(left, PIECE.length());
        author.insert(random.nextInt(length - left + 1), PIECE.substring(0, part));
        left -= part;
      }
    }
    return author.text().state();
  }
}
