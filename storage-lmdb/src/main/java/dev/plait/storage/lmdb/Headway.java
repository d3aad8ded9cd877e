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
 * never counts a commit that power loss can take. It is written in its place, so no commit needs
 * room for it. Only who commits or closes uses it, one at a time; {@link #isCopy} is for any
 * thread.
 */
final class Headway implements AutoCloseable {

  private static final int CHECKPOINT_COMMITS = 1000;

  private final HeadFile file;
  private final LmdbOptions options;
  private boolean begun;
  private int sinceCheckpoint;

  private Headway(HeadFile file, LmdbOptions options) {
    this.file = file;
    this.options = options;
  }

  /**
   * Compares what the head file has seen with what the environment holds.
   *
   * @throws StoreException STORE_LOST_ACKNOWLEDGED if the environment is behind, STORE_CORRUPT if
   *     it is another's
   */
  static void check(Path directory, Head head, StoreRecord meta) {
    if (isCutShort(head, meta)) {
      head.check(directory, meta.originHigh(), meta.originLow(), meta.commits());
    } else {
      head.check(directory, meta.instanceHigh(), meta.instanceLow(), meta.commits());
    }
  }

  /** Whether the commit that made a copy a store of its own was the last thing before an end. */
  private static boolean isCutShort(Head head, StoreRecord meta) {
    return !head.isOfInstance(meta.instanceHigh(), meta.instanceLow())
        && head.isOfInstance(meta.originHigh(), meta.originLow());
  }

  /**
   * Goes on from what was found, which has been compared.
   *
   * @param head what is in the file; null if there is none
   */
  static Headway of(HeadFile file, @Nullable Head head, StoreRecord meta, LmdbOptions options) {
    Headway headway = new Headway(file, options);
    boolean isNew = head == null && meta.commits() == 0;
    if (isNew || (head != null && isCutShort(head, meta))) {
      file.adopt(headway.head(meta, false));
    } else if (head == null) {
      file.write(headway.head(meta, true));
      file.sync();
    }
    return headway;
  }

  boolean isCopy() {
    return file.isCopied();
  }

  /** Before the first commit since opening is written: from now on the store is not closed. */
  void beforeCommit(Environment environment, StoreRecord before) {
    if (!begun) {
      force(environment);
      file.write(head(before, false));
      file.sync();
      begun = true;
    }
  }

  /**
   * After a commit that is as safe as the store promises, before anybody hears of it.
   *
   * @param identified whether it made a copy a store of its own
   */
  void afterCommit(Environment environment, StoreRecord after, boolean identified) {
    if (identified) {
      force(environment);
      file.adopt(head(after, false));
      return;
    }
    sinceCheckpoint++;
    boolean full = options.durability() == Durability.FULL;
    boolean checkpoint =
        sinceCheckpoint >= CHECKPOINT_COMMITS || (full && options.headSync() == HeadSync.COMMIT);
    if (checkpoint) {
      force(environment);
    }
    if (checkpoint || full) {
      file.write(head(after, false));
    }
    if (checkpoint) {
      file.sync();
      sinceCheckpoint = 0;
    }
  }

  /** With {@link Durability#FULL} every commit is on the disk already. */
  private void force(Environment environment) {
    if (options.durability() != Durability.FULL) {
      environment.sync();
    }
  }

  /** After the environment was forced to the disk and closed. */
  void closed(StoreRecord meta) {
    if (begun) {
      file.write(head(meta, true));
      file.sync();
    }
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
