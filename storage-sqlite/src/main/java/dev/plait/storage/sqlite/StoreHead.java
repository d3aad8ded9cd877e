package dev.plait.storage.sqlite;

import dev.plait.storage.guard.Head;
import dev.plait.storage.guard.HeadFile;
import dev.plait.storage.guard.HeadSync;
import dev.plait.store.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/*
 * THE HEAD AND THE LOG
 *
 * The mark is the salts of the log. An open head says: the log with these salts, or the one that
 * SQLite begins after it, belongs to the database. A clean one: the database is complete without a
 * log; a log with these salts holds nothing more, and so does one with a single transaction, which
 * is the one that an opening store writes to have a log at all. Each change of the salts is forced
 * to the disk before a commit in the new log is acknowledged.
 *
 * Without a log the number of commits decides: the last program to close the database, a backup
 * that read while this process was killed, say, moves the log and removes it. After a loss of power
 * the head may count less than was acknowledged, unless each commit forces it to the disk too; only
 * then could somebody take the log away before the store is opened again and not be found out.
 *
 * The head is written at each commit whatever the durability. With less than FULL it may then be
 * ahead of a database that lost its last commits with the power, which is allowed; but the changes
 * in these may have reached a peer, so the store counts as a copy from then on, and whoever writes
 * takes another identity.
 */
/** Keeps the head file in step with the database and its log. Used by one thread at a time. */
final class StoreHead {

  /** What the log may grow to before it is moved into the database. */
  private static final long CHECKPOINT_BYTES = 4 << 20;

  /** What a transaction writes besides the records themselves, about. */
  private static final long TRANSACTION_BYTES = 5L * SqliteLayout.PAGE_BYTES;

  private final HeadFile file;
  private final StoreFile store;
  private Head head;
  private boolean open;
  private boolean resetPending;
  private long logged;

  private StoreHead(HeadFile file, StoreFile store, Head head) {
    this.file = file;
    this.store = store;
    this.head = head;
  }

  /**
   * Goes on from what was found, which has been compared with the store.
   *
   * @param found the head, or null if there was none
   */
  static StoreHead of(HeadFile file, StoreFile store, @Nullable Head found, Meta meta) {
    UUID instance = meta.instance();
    Head head =
        new Head(
            instance.getMostSignificantBits(),
            instance.getLeastSignificantBits(),
            meta.commits(),
            found == null || found.clean(),
            found == null || found.clean() ? store.options().durability() : found.durability(),
            found == null ? 0 : found.mark(),
            found == null || found.clean() || found.durability() == Durability.FULL
                ? meta.commits()
                : Math.min(found.forced(), meta.commits()));
    file.vouch(meta.commits());
    if (found == null && meta.commits() > 0) {
      file.write(head);
      file.sync();
    } else if (found == null || !isOf(found, instance)) {
      // New, or a copy that took a new number and stopped before its head did.
      file.adopt(head);
    } else if (found.isShortened(meta.commits())) {
      file.disown(head);
    }
    return new StoreHead(file, store, head);
  }

  /** Refuses a store that is not as far as its head, or another's. */
  static void check(Path path, @Nullable Head found, Meta meta) {
    if (found != null) {
      // The store took a new number and stopped before its head did.
      UUID number = isOf(found, meta.formerInstance()) ? meta.formerInstance() : meta.instance();
      found.check(
          path, number.getMostSignificantBits(), number.getLeastSignificantBits(), meta.commits());
    }
  }

  static boolean isOf(Head head, UUID instance) {
    return head.isOfInstance(instance.getMostSignificantBits(), instance.getLeastSignificantBits());
  }

  boolean isCopy() {
    return file.isCopied();
  }

  /**
   * After opening: moves what an unclean stop left in the log. Until that is done, the head
   * promises what it did when the log was written.
   */
  void recover(Writer writer) throws SQLException, IOException {
    long salts = WalScan.salts(store.log());
    if (salts != 0) {
      open = true;
      head = head.withClean(false).withMark(salts);
      file.write(head);
      file.sync();
      settle(writer);
    }
  }

  /** After the writing connection was closed in between, and with it maybe the log. */
  void interrupted() {
    open = false;
    resetPending = false;
  }

  /** Before a commit: has a log whose salts are known. */
  void beforeCommit(Writer writer) throws SQLException, IOException {
    if (!open) {
      writer.touch();
      head = head.withClean(false).withMark(WalScan.salts(store.log()));
      file.write(head);
      file.sync();
      open = true;
    }
  }

  /** After a commit is safe, before it is acknowledged. */
  void afterCommit(Writer writer, Meta meta, long bytes) throws SQLException, IOException {
    boolean reset = false;
    if (resetPending) {
      long salts = WalScan.salts(store.log());
      reset = salts != head.mark();
      resetPending = !reset;
      head = head.withMark(salts);
    }
    head = head.withCommits(meta.commits()).withDurability(store.options().durability());
    if (store.options().durability() == Durability.FULL) {
      head = head.withForced(meta.commits());
    }
    UUID instance = meta.instance();
    if (!isOf(head, instance)) {
      head =
          head.withInstance(instance.getMostSignificantBits(), instance.getLeastSignificantBits());
      file.adopt(head);
    } else {
      file.write(head);
      if (reset || store.options().headSync() == HeadSync.COMMIT) {
        file.sync();
      }
    }
    logged += bytes + TRANSACTION_BYTES;
    if (logged >= CHECKPOINT_BYTES) {
      checkpoint(writer, meta);
    }
  }

  /** Moves the log into the database as far as it can be; gives whether that was all. */
  private boolean checkpoint(Writer writer, Meta meta) throws SQLException, IOException {
    boolean complete = writer.checkpoint();
    head = head.withCommits(meta.commits());
    if (complete) {
      moved();
    }
    file.write(head);
    file.sync();
    resetPending |= complete;
    logged = 0;
    return complete;
  }

  /**
   * All of the log was forced to the disk to be moved; where a reader was in the way, maybe not.
   */
  private void moved() {
    head = head.withDurability(store.options().durability());
    if (store.options().durability() != Durability.NONE) {
      head = head.withForced(head.commits());
    }
  }

  /** Moves all of the log into the database and empties it, unless somebody reads. */
  void settle(Writer writer) throws SQLException, IOException {
    if (open && writer.checkpoint()) {
      moved();
      head = head.withClean(true).withMark(WalScan.salts(store.log()));
      file.write(head);
      file.sync();
      open = false;
      resetPending = false;
      logged = 0;
      writer.truncate();
    }
  }

  /** Before the last connection is closed, which removes the log. */
  void beforeClose(@Nullable Writer writer, Meta meta) throws SQLException, IOException {
    if (open && writer != null && checkpoint(writer, meta)) {
      settle(writer);
    }
  }

  /** After it: without a log, all is in the database. */
  void close() {
    try (file) {
      if (!head.clean() && !store.hasLog()) {
        file.write(head.withClean(true));
        file.sync();
      }
    } catch (IOException failure) {
      throw store.unreadable(failure);
    }
  }
}
