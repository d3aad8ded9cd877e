package dev.plait.peers.engine;

import dev.plait.peers.work.Edit;
import java.util.List;

/** A replica of one container. One thread at a time. */
public interface Copy extends AutoCloseable {
  /** Makes edits as one change. */
  void transact(List<Edit> edits);

  /** From now on, keeps the bytes of each change made here for {@link #takeUpdates}. */
  void startRecording();

  /** The bytes of each change made here since the last time, in order. */
  List<byte[]> takeUpdates();

  /** Takes a change, or several, made elsewhere. */
  void apply(byte[] update);

  /** Everything that was done, for a replica that has nothing. */
  byte[] history();

  /** What is kept on a disk, to open it again. */
  byte[] save();

  /** Takes what {@link #save} of another replica gave, besides what is here. */
  default void join(byte[] saved) {
    apply(saved);
  }

  /** A string for a text, a list, a sorted map, or the sorted members of a set. */
  Object content();

  /** Lets go of memory that the collector does not know. */
  @Override
  default void close() {}
}
