package dev.plait.storage.lmdb;

import dev.plait.storage.guard.Head;
import dev.plait.storage.guard.HeadFile;
import dev.plait.storage.guard.HeadSync;
import dev.plait.store.Durability;
import dev.plait.store.StoreException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the head file in step with the environment: it is written after every commit, and says how
 * many of these are forced to the disk, which with {@link Durability#FULL} are all. It is written
 * in its place, so no commit needs room for it. Only who commits or closes uses it, one at a time;
 * {@link #isCopy} is for any thread.
 */
final class Headway implements AutoCloseable {

  private static final int CHECKPOINT_COMMITS = 1000;

  private final HeadFile file;
  private final LmdbOptions options;
  private boolean begun;
  private int sinceCheckpoint;
  private long forced;

  private Headway(HeadFile file, LmdbOptions options, long forced) {
    this.file = file;
    this.options = options;
    this.forced = forced;
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
    long forced =
        head == null || head.clean() || head.durability() == Durability.FULL
            ? meta.commits()
            : Math.min(head.forced(), meta.commits());
    Headway headway = new Headway(file, options, forced);
    file.vouch(meta.commits());
    boolean isNew = head == null && meta.commits() == 0;
    if (isNew || (head != null && isCutShort(head, meta))) {
      file.adopt(headway.head(meta, false));
    } else if (head == null) {
      file.write(headway.head(meta, true));
      file.sync();
    } else if (head.isShortened(meta.commits())) {
      file.disown(headway.head(meta, false));
    }
    return headway;
  }

  boolean isCopy() {
    return file.isCopied();
  }

  /** Before the first commit since opening is written: from now on the store is not closed. */
  void beforeCommit(Environment environment, StoreRecord before) {
    if (!begun) {
      // Whatever is promised now: it may have been written under a lesser promise.
      environment.sync();
      forced = before.commits();
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
      force(environment, after);
      file.adopt(head(after, false));
      return;
    }
    sinceCheckpoint++;
    boolean checkpoint = sinceCheckpoint >= CHECKPOINT_COMMITS;
    if (checkpoint || options.durability() == Durability.FULL) {
      force(environment, after);
    }
    file.write(head(after, false));
    if (checkpoint || options.headSync() == HeadSync.COMMIT) {
      file.sync();
    }
    if (checkpoint) {
      sinceCheckpoint = 0;
    }
  }

  /** With {@link Durability#FULL} every commit is on the disk already. */
  private void force(Environment environment, StoreRecord written) {
    if (options.durability() != Durability.FULL) {
      environment.sync();
    }
    forced = written.commits();
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
        meta.instanceHigh(),
        meta.instanceLow(),
        meta.commits(),
        clean,
        options.durability(),
        0,
        clean ? meta.commits() : forced);
  }

  @Override
  public void close() {
    file.close();
  }
}
