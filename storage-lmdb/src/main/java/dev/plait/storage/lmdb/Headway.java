package dev.plait.storage.lmdb;

import dev.plait.storage.guard.Head;
import dev.plait.storage.guard.HeadFile;
import dev.plait.storage.guard.HeadSync;
import dev.plait.store.Durability;
import dev.plait.store.StoreException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the head file in step with the environment. With {@link Durability#FULL} it is written
 * after every commit, which is on the disk by then; otherwise only after all is forced there. So it
 * never counts a commit that power loss can take. Only who commits or closes uses it, one at a
 * time; {@link #isCopy} is for any thread.
 */
final class Headway implements AutoCloseable {

  private static final int CHECKPOINT_COMMITS = 1000;

  private final HeadFile file;
  private final LmdbOptions options;
  private volatile boolean copy;
  private boolean begun;
  private int sinceCheckpoint;

  private Headway(HeadFile file, LmdbOptions options, boolean copy) {
    this.file = file;
    this.options = options;
    this.copy = copy;
  }

  /**
   * Compares what the head file has seen with what the environment holds.
   *
   * @param head what is in the file; null if there is none
   * @throws StoreException STORE_LOST_ACKNOWLEDGED if the environment is behind, STORE_CORRUPT if
   *     it is another's
   */
  static Headway of(
      Path directory, HeadFile file, @Nullable Head head, StoreRecord meta, LmdbOptions options) {
    if (head == null) {
      Headway headway = new Headway(file, options, meta.commits() > 0);
      if (meta.commits() == 0) {
        headway.adopt(meta);
      }
      return headway;
    }
    boolean own = head.isOfInstance(meta.instanceHigh(), meta.instanceLow());
    if (!own && !head.isOfInstance(meta.originHigh(), meta.originLow())) {
      throw new StoreException.Corrupt(
          directory
              + " has the head file of another store; restore both from one copy, or run plait"
              + " repair",
          null);
    }
    if (meta.commits() < head.commits()) {
      throw lost(directory, head, meta.commits());
    }
    Headway headway = new Headway(file, options, own && file.isCopied());
    if (!own) {
      // The commit that made a copy a store of its own was the last thing before an end.
      headway.adopt(meta);
    }
    return headway;
  }

  /** What to say when the head counts more commits than there are. */
  static StoreException lost(Path directory, Head head, long commits) {
    return new StoreException.LostAcknowledged(
        directory
            + " has acknowledged "
            + head.commits()
            + " commits and holds "
            + commits
            + "; nothing was changed: restore a copy, or run plait repair",
        null);
  }

  boolean isCopy() {
    return copy;
  }

  /** Before the first commit since opening is written: from now on the store is not closed. */
  void beforeCommit(Environment environment, StoreRecord before) {
    if (!begun && !copy) {
      if (options.durability() != Durability.FULL) {
        environment.sync();
      }
      file.write(head(before, false));
      file.sync();
    }
    begun = true;
  }

  /** After a commit that is as safe as the store promises, before anybody hears of it. */
  void afterCommit(Environment environment, StoreRecord after, boolean identified) {
    if (copy) {
      if (identified) {
        environment.sync();
        adopt(after);
        copy = false;
      }
      return;
    }
    sinceCheckpoint++;
    boolean checkpoint = sinceCheckpoint >= CHECKPOINT_COMMITS;
    if (checkpoint && options.durability() != Durability.FULL) {
      environment.sync();
    }
    if (checkpoint || options.durability() == Durability.FULL) {
      file.write(head(after, false));
    }
    if (checkpoint
        || (options.headSync() == HeadSync.COMMIT && options.durability() == Durability.FULL)) {
      file.sync();
      sinceCheckpoint = 0;
    }
  }

  /** After the environment was forced to the disk and closed. */
  void closed(StoreRecord meta) {
    if (begun && !copy) {
      file.write(head(meta, true));
      file.sync();
    }
  }

  private void adopt(StoreRecord meta) {
    file.adopt(head(meta, false));
  }

  private Head head(StoreRecord meta, boolean clean) {
    return new Head(
        meta.instanceHigh(), meta.instanceLow(), meta.commits(), clean, options.durability(), 0, 0);
  }

  @Override
  public void close() {
    file.close();
  }
}
