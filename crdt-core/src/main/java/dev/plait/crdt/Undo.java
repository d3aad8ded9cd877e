package dev.plait.crdt;

/**
 * Something that keeps a journal of what was done to it and can go back to any mark in it: the way
 * to enlist in a {@link Rollback} without an object for each edit.
 */
public interface Undo {

  /** Takes back everything done since the journal was at {@code mark}, and cuts it there. */
  void undo(long mark);

  /** Nothing noted so far will have to be taken back: the journal may be emptied. */
  void forgotten();
}
