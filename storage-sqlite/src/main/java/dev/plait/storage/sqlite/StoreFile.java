package dev.plait.storage.sqlite;

import dev.plait.storage.guard.Claim;
import dev.plait.storage.guard.DurableMove;
import dev.plait.storage.guard.Head;
import dev.plait.store.Durability;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The database file and those beside it: whether they are a store, as plain reads can tell. */
final class StoreFile {

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_BYTES = 100;
  private static final int USER_VERSION_OFFSET = 60;
  private static final int APPLICATION_ID_OFFSET = 68;
  private static final int MOST_LINKS = 40;

  private final Path path;
  private final SqliteOptions options;
  private final Connections connections;

  /**
   * A file to be opened.
   *
   * @param path its one real name, see {@link #realName}
   */
  StoreFile(Path path, SqliteOptions options) {
    this.path = path;
    this.options = options;
    connections = new Connections(path, options);
  }

  Path path() {
    return path;
  }

  SqliteOptions options() {
    return options;
  }

  Connections connections() {
    return connections;
  }

  /** The log beside it. */
  Path log() {
    return beside("-wal");
  }

  /** The lock file beside it. */
  Path lock() {
    return beside("-lock");
  }

  /** The head file beside it. */
  Path head() {
    return beside("-head");
  }

  private Path beside(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  /** What the file and its log take. */
  long storedBytes() throws IOException {
    Path wal = log();
    return Files.size(path) + (Files.exists(wal) ? Files.size(wal) : 0);
  }

  /** Whether the disk has room for the database to grow to so many pages. */
  boolean hasRoomFor(long pages) throws IOException {
    long growth = pages * SqliteLayout.PAGE_BYTES - Files.size(path);
    return growth <= 0 || growth <= Files.getFileStore(path).getUsableSpace();
  }

  /** The one real name of a file, or the one that it will have once it is made. */
  static Path realName(Path path) throws IOException {
    Path name = path.toAbsolutePath();
    for (int links = 0; links < MOST_LINKS && Files.isSymbolicLink(name); links++) {
      name = name.resolveSibling(Files.readSymbolicLink(name));
    }
    Path directory = name.getParent();
    return Files.exists(name) || directory == null
        ? name.toRealPath()
        : directory.toRealPath().resolve(name.getFileName());
  }

  /**
   * Refuses what is no store or another release's, or has a log that is not whole, by plain reads.
   * Only for the holder of the claim, or where there is no file to be claimed, so that nobody has
   * the store open: see {@link Claim} for what the system does when a file that SQLite has open is
   * opened beside it.
   */
  void check(@Nullable Head head) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw notAStore("it is not a regular file");
    }
    byte[] header = readHeader();
    if (header.length == 0) {
      if (head != null && head.commits() > 0) {
        throw head.lost(path, 0);
      }
      if (hasLog()) {
        throw new StoreException.Corrupt(
            path
                + " is missing or empty, but "
                + log().getFileName()
                + " beside it is not; restore a copy",
            null);
      }
      return;
    }
    if (!isMarked(header)) {
      throw notAStore("something else wrote it");
    }
    checkVersion(header);
    if (head != null) {
      checkSalts(head);
    }
    if (hasLog() && !isLeftOver(head)) {
      checkLog(log(), head);
      try (PageImage image = PageImage.of(path, log())) {
        checkVersion(image.page(1));
      }
    }
  }

  /**
   * Removes a log that ends before the last commit, which is in the database: SQLite would move
   * what is older over what is newer. One that goes as far changes nothing. It is left, because it
   * may still be there for another program that reads, which must not lose it.
   */
  void removeLeftOver(@Nullable Head head) throws IOException {
    if (head != null && isLeftOver(head) && commitsInLog(head) < head.commits()) {
      Files.delete(log());
      Files.deleteIfExists(beside("-shm"));
    }
  }

  /**
   * How far the store of a head has come by what is in the log; each transaction says that anew. -1
   * if there is nothing of that store.
   */
  private long commitsInLog(Head head) throws IOException {
    long[] commits = {-1};
    try (PageImage image = PageImage.of(path, log())) {
      PageRows rows = new PageRows(image);
      for (int number : image.logged()) {
        rows.read(
            number,
            image.page(number),
            row -> commits[0] = Math.max(commits[0], commitsIn(row, head)));
      }
    }
    return commits[0];
  }

  private static long commitsIn(PageRows.Row row, Head head) {
    Meta meta = SqliteSalvage.isMeta(row) ? Meta.fromSound(row.number(1), row.bytes(2)) : null;
    return meta != null
            && (StoreHead.isOf(head, meta.instance())
                || StoreHead.isOf(head, meta.formerInstance()))
        ? meta.commits()
        : -1;
  }

  private boolean isLeftOver(@Nullable Head head) throws IOException {
    return head != null && head.clean() && head.mark() != 0 && WalScan.salts(log()) == head.mark();
  }

  private static boolean isMarked(byte[] header) {
    return header.length >= HEADER_BYTES
        && ByteBuffer.wrap(MAGIC).equals(ByteBuffer.wrap(header, 0, MAGIC.length))
        && ByteBuffer.wrap(header).getInt(APPLICATION_ID_OFFSET) == SqliteLayout.APPLICATION_ID;
  }

  /** Whether a file that begins so is a store with the layout that this release knows. */
  static boolean isHeaderOfStore(byte[] header) {
    return isMarked(header)
        && ByteBuffer.wrap(header).getInt(USER_VERSION_OFFSET) == SqliteLayout.VERSION;
  }

  private byte[] readHeader() throws IOException {
    if (!Files.exists(path)) {
      return new byte[0];
    }
    try (InputStream file = Files.newInputStream(path)) {
      return file.readNBytes(HEADER_BYTES);
    }
  }

  /**
   * Makes the file, aside, so that one that was begun and not finished is never in its place.
   * Whoever made an empty one keeps who may read it.
   */
  void make() throws SQLException, IOException {
    Path aside = beside("-new");
    removeAside();
    try {
      new Connections(aside, options).make();
      if (Files.exists(path)
          && path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(aside, Files.getPosixFilePermissions(path));
      }
      DurableMove.move(aside, path);
    } finally {
      removeAside();
    }
  }

  private void removeAside() throws IOException {
    for (String suffix : List.of("-new", "-new-journal", "-new-wal", "-new-shm")) {
      Files.deleteIfExists(beside(suffix));
    }
  }

  /** Whether there is a file with anything in it. */
  boolean isMade() throws IOException {
    return Files.exists(path) && Files.size(path) > 0;
  }

  /** Whether there is a log with anything in it. */
  boolean hasLog() throws IOException {
    return Files.exists(log()) && Files.size(log()) > 0;
  }

  /**
   * Refuses a log that is not the store's. One that is gone is no reason: a program that was the
   * last to have the database open has moved it there. Whether that was all is seen from the number
   * of commits.
   */
  private void checkSalts(Head head) throws IOException {
    if (head.clean()) {
      long salts = WalScan.salts(log());
      if (salts != 0 && salts != head.mark() && isOthersLog(head)) {
        throw new StoreException.Corrupt(
            path
                + " was closed and needs no log, but there is another store's beside it: take "
                + log().getFileName()
                + " away",
            null);
      }
    } else if (hasForeignLog(head)) {
      throw new StoreException.LostAcknowledged(
          path
              + " was not closed, and the log beside it is another's; nothing was changed: restore"
              + " the log, or go on without what is missing and fetch it from a peer with: plait"
              + " repair",
          null);
    }
  }

  /**
   * Whether, under a head that is not clean, there is a log that does not belong to the store. One
   * with a single transaction may be new, see {@link StoreHead}; another store's shows by its name.
   */
  boolean hasForeignLog(Head head) throws IOException {
    long salts = WalScan.salts(log());
    return salts != 0
        && head.mark() != 0
        && head.durability() != Durability.NONE
        && salts != head.mark()
        && !WalScan.Finding.withSalts(head.mark()).followedBy(salts)
        && isOthersLog(head);
  }

  /**
   * Whether a log with salts that the head does not know has transactions that are not the store's,
   * or not as far as it came. The store's own log has such salts after another program emptied the
   * one before.
   */
  private boolean isOthersLog(Head head) throws IOException {
    return WalScan.of(log(), SqliteLayout.PAGE_BYTES).commits() > 1
        && commitsInLog(head)
            < (head.durability() == Durability.FULL ? head.commits() : head.forced());
  }

  /**
   * SQLite would drop what is behind a bad frame without a word. Only where each commit is forced
   * to the disk is that more than a loss of power explains.
   */
  private void checkLog(Path wal, @Nullable Head head) throws IOException {
    if (head != null && head.durability() != Durability.FULL) {
      return;
    }
    WalScan.Finding finding = WalScan.of(wal, SqliteLayout.PAGE_BYTES);
    if (finding.state() == WalScan.State.DAMAGED) {
      throw new StoreException.LostAcknowledged(
          wal
              + " is damaged in "
              + (finding.firstBad() == 0 ? "its header" : "frame " + finding.firstBad())
              + ", and acknowledged commits lie behind that; nothing was changed: restore the files"
              + " of "
              + path.getFileName()
              + ", or go on without what is missing and fetch it from a peer with: plait repair",
          null);
    }
  }

  private void checkVersion(byte[] header) {
    int version = ByteBuffer.wrap(header).getInt(USER_VERSION_OFFSET);
    if (version != SqliteLayout.VERSION) {
      throw new StoreException.OtherVersion(
          path
              + " has version "
              + version
              + " of the layout, this release knows "
              + SqliteLayout.VERSION
              + "; open it with the release that wrote it",
          null);
    }
  }

  /** What is thrown where a file beside it can't be looked at. */
  StoreException unreadable(IOException failure) {
    return new StoreException.InputOutput(
        log() + " can't be looked at: " + failure + "; close the store and open it again", failure);
  }

  private StoreException notAStore(String why) {
    return new StoreException.NotAStore(
        path + " is not a store: " + why + "; name another file or one that does not exist", null);
  }

  /** What the store says of itself, read without a change to any file. */
  Meta inspect() throws SQLException, IOException {
    try (Reader reader = Reader.over(connections.openInspector(hasLog()))) {
      return reader.checkedMeta();
    }
  }
}
