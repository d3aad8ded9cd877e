package dev.plait.storage.lmdb;

import dev.plait.storage.guard.Head;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What plain reads tell of a store's directory before LMDB may map what is in it. Used once. */
final class Inspection {

  private static final Set<String> OWN_NAMES =
      Set.of(
          Environment.DATA,
          Environment.LOCK,
          Opening.HEAD,
          Opening.HEAD + ".new",
          Opening.LOCK,
          Opening.ASIDE);

  private static final int MAGIC_AT = 16;
  private static final byte[] LITTLE_MAGIC = {(byte) 0xde, (byte) 0xc0, (byte) 0xef, (byte) 0xbe};
  private static final byte[] BIG_MAGIC = {(byte) 0xbe, (byte) 0xef, (byte) 0xc0, (byte) 0xde};

  /** No store's record of itself comes near to that. */
  private static final int LARGEST_RECORD = 1 << 24;

  private final Path directory;
  private final @Nullable Head head;
  private byte @Nullable [] value;

  private Inspection(Path directory, @Nullable Head head) {
    this.directory = directory;
    this.head = head;
  }

  /**
   * Reads the whole data file and leaves everything as it is.
   *
   * @param head what the head file says; null if there is none
   * @return what the store says of itself; null if nothing was ever written and a store can be made
   * @throws StoreException NOT_A_STORE, STORE_VERSION, STORE_CORRUPT, STORE_LOST_ACKNOWLEDGED
   * @throws DamagedException if the store's record of itself is not what was written
   */
  static @Nullable StoreRecord of(Path directory, @Nullable Head head)
      throws IOException, DamagedException {
    return new Inspection(directory, head).inspect();
  }

  /** What to throw for something that is no store. */
  static StoreException.NotAStore notAStore(Path path, String why) {
    return new StoreException.NotAStore(
        path + " is not a store: " + why + "; name an empty directory, or one that does not exist",
        null);
  }

  private @Nullable StoreRecord inspect() throws IOException, DamagedException {
    if (!Environment.hasData(directory)) {
      if (head == null) {
        refuseOthers();
      }
      return nothing();
    }
    Path data = Environment.data(directory);
    if (head == null && !hasMagic(data)) {
      throw notAStore(directory, "LMDB did not write its " + Environment.DATA);
    }
    // Also after a clean end: what a disk loses by itself is no better to map.
    PageSummary summary = PageCheck.check(data, this::records);
    if (value != null) {
      return record(value, summary);
    }
    if (summary.entries() == 0) {
      return nothing();
    }
    if (head == null) {
      throw notAStore(directory, "another program wrote its " + Environment.DATA);
    }
    throw new DamagedException("the record of the store itself is gone");
  }

  /** A directory in which something lies is somebody's, unless it is what a store begins with. */
  private void refuseOthers() throws IOException {
    Optional<String> other;
    try (Stream<Path> files = Files.list(directory)) {
      other =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> !OWN_NAMES.contains(name))
              .min(String::compareTo);
    }
    if (other.isPresent()) {
      throw notAStore(directory, "it has no " + Environment.DATA + " but holds " + other.get());
    }
  }

  private @Nullable StoreRecord nothing() {
    if (head != null && head.commits() > 0) {
      throw head.lost(directory, 0);
    }
    return null;
  }

  private static boolean hasMagic(Path data) throws IOException {
    byte[] start;
    try (InputStream file = Files.newInputStream(data)) {
      start = file.readNBytes(MAGIC_AT + LITTLE_MAGIC.length);
    }
    byte[] magic = Arrays.copyOfRange(start, Math.min(MAGIC_AT, start.length), start.length);
    return Arrays.equals(magic, LITTLE_MAGIC) || Arrays.equals(magic, BIG_MAGIC);
  }

  private TreeWalk.Entries records(PageFile file) {
    return (leaf, page, node) -> {
      if (leaf.compareKey(node, LmdbLayout.META_KEY) == 0) {
        boolean possible = leaf.valueSize(node) <= LARGEST_RECORD;
        ByteBuffer bytes = ByteBuffer.allocate(possible ? (int) leaf.valueSize(node) : 0);
        file.read(leaf.valuePosition(page, node), bytes);
        value = bytes.array();
      }
    };
  }

  private StoreRecord record(byte[] bytes, PageSummary summary) throws DamagedException {
    long version = StoreRecord.version(bytes);
    if (version != LmdbLayout.VERSION) {
      throw new StoreException.OtherVersion(
          directory
              + " has version "
              + version
              + " of the layout, this release knows "
              + LmdbLayout.VERSION
              + "; open it with the release that wrote it",
          null);
    }
    StoreRecord record = StoreRecord.read(bytes);
    if (record.transaction() != summary.transaction()) {
      throw new DamagedException(
          "its records are those of transaction "
              + record.transaction()
              + ", its last is "
              + summary.transaction());
    }
    if (head != null) {
      Headway.check(directory, head, record);
    }
    return record;
  }
}
