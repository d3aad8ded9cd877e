package dev.plait.storage.sqlite;

import dev.plait.storage.guard.Head;
import dev.plait.storage.guard.HeadFile;
import dev.plait.storage.sqlite.PageRows.Row;
import dev.plait.store.Durability;
import dev.plait.store.Salvage;
import dev.plait.store.StoreCheck;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/*
 * WHAT IS TAKEN FROM WHERE
 *
 * Each row has a checksum of its own, so it needs no tree to vouch for it: every page is looked
 * through by itself, and a damaged one hides no row of another. First come the pages that count: the
 * file's, with those of the log's finished transactions in their place, but not the free ones, in
 * which rows lie that were deleted or moved. Then it is known of each document whether something is
 * missing. For those that miss something, the other pages are looked through too: free ones, frames
 * whose own checksum is wrong, and what follows the last finished transaction. The last are looked
 * through for all documents when the head counts more commits than were found.
 */
/** Hands over what can still be read of a store's files by plain reads. Used once. */
final class SqliteSalvage {

  private final StoreFile file;
  private final Tally tally;
  private final Tally rest;
  private @Nullable Meta meta;

  SqliteSalvage(StoreFile file, Salvage salvage) {
    this.file = file;
    tally = new Tally(Optional.of(salvage));
    rest = new Tally(Optional.of(salvage));
  }

  StoreCheck read() throws IOException {
    Optional<Head> head = HeadFile.look(file.head());
    try (PageImage image = image(head)) {
      PageRows rows = new PageRows(image);
      if (!StoreFile.isHeaderOfStore(image.page(1))) {
        tally.damages().add(null, "the header of the file is not that of a store of this release");
      }
      Set<Integer> free = image.free();
      for (int number = 1; number <= image.pages(); number++) {
        if (!free.contains(number)) {
          int unreadable =
              rows.read(number, image.page(number), row -> take(row, tally, document -> true));
          if (unreadable > 0) {
            tally
                .damages()
                .add(null, "page " + number + " has " + unreadable + " unreadable records");
          }
        }
      }
      boolean lost = isLost(head);
      for (WalScan.Frame frame : image.doubtful()) {
        rows.read(
            frame.page(),
            image.logged(frame.offset()),
            row -> take(row, rest, document -> lost || tally.lacks(document)));
      }
      for (int number : free) {
        rows.read(number, image.page(number), row -> take(row, rest, tally::lacks));
      }
    }
    StoreCheck counting = tally.check();
    StoreCheck more = rest.check();
    return new StoreCheck(
        counting.documents(),
        counting.records() + more.records(),
        counting.bytes() + more.bytes(),
        counting.damages());
  }

  private PageImage image(Optional<Head> head) throws IOException {
    if (head.isPresent() && head.get().clean()) {
      // All of the log is in the database, which may be newer.
      return PageImage.of(file.path());
    }
    if (head.isPresent() && file.hasForeignLog(head.get())) {
      tally.damages().add(null, "the log is another store's");
      return PageImage.of(file.path());
    }
    WalScan.Finding finding = WalScan.of(file.log(), SqliteLayout.PAGE_BYTES);
    if (finding.state() == WalScan.State.DAMAGED) {
      tally
          .damages()
          .add(
              null,
              "the log is damaged in "
                  + (finding.firstBad() == 0 ? "its header" : "frame " + finding.firstBad()));
    }
    return PageImage.of(file.path(), file.log());
  }

  private boolean isLost(Optional<Head> head) {
    long commits = meta == null ? Long.MAX_VALUE : meta.commits();
    if (head.isEmpty() || head.get().commits() <= commits) {
      return false;
    }
    tally
        .damages()
        .add(
            null, head.get().commits() + " commits were acknowledged and " + commits + " are here");
    return head.get().durability() == Durability.FULL;
  }

  private void take(Row row, Tally taker, Predicate<String> wanted) {
    String document = null;
    try {
      if (isMeta(row)) {
        take(Meta.from(row.number(1), row.bytes(2)), taker);
      } else if (isOfStore(row)) {
        document = Columns.text(row.bytes(0));
        if (wanted.test(document)) {
          take(document, row, taker);
        }
      }
    } catch (SQLException damage) {
      taker.damages().add(document, damage);
    }
  }

  private void take(Meta found, Tally taker) {
    if (meta == null) {
      meta = found;
      taker.meta(found);
    }
  }

  /** Whether a row has the form of the meta row. */
  static boolean isMeta(Row row) {
    return row.ofIndex() && row.columns() == 3 && !row.isText(0);
  }

  /** The other rows are those of the schema, and those of an index in which nothing is to find. */
  private static boolean isOfStore(Row row) {
    return row.columns() == 3 || (row.ofIndex() && (row.columns() == 4 || row.columns() == 6));
  }

  private static void take(String document, Row row, Tally taker) throws SQLException {
    if (!row.ofIndex()) {
      taker.snapshot(document, row.number(1), row.bytes(2));
    } else if (row.columns() == 3) {
      taker.seal(document, row.number(1), row.bytes(2));
    } else if (row.columns() == 4) {
      taker.suspect(document, row.bytes(1), row.number(2), row.number(3));
    } else {
      byte[] replica = row.bytes(1);
      long first = row.number(2);
      long last = row.number(3);
      byte[] record = row.bytes(5);
      long crc = ChunkTable.QUARANTINE.key(document, replica).crc(first, last, record);
      // What is the checksum's in one table can't be in the other.
      ChunkTable table =
          crc == SqliteLayout.crc(row.number(4)) ? ChunkTable.QUARANTINE : ChunkTable.CHUNKS;
      taker.chunk(table, document, replica, first, last, row.number(4), record);
    }
  }
}
