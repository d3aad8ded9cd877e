package dev.plait.storage.guard;

import dev.plait.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A small file beside a store that says how far the store has come, so that it shows when the
 * store's own files are older than what was acknowledged, or are somebody else's copy.
 *
 * <p>It has two slots that are written in turn, each with a serial and a checksum; the newest valid
 * one counts, so a torn write loses one writing at most. While a slot is damaged, what is read says
 * that the store was not closed: the slot may have said so.
 *
 * <p>A store <em>adopts</em> its head file when the store is made. A copy of the file is noticed as
 * one until it is adopted itself: it is another file, or the marker of its instance, kept where no
 * copy takes it along, does not vouch for it. A copy that reuses the file's own number in the file
 * system is found by the marker alone.
 *
 * <p>Safe for use by many threads. An interrupted thread does its work as any other. Each method
 * throws STORE_IO if the file system fails, STORE_FULL if it is full.
 */
public final class HeadFile implements AutoCloseable {

  /** What a file has at first is in both slots. */
  private static final long FIRST_SERIAL = 1;

  private final Path path;
  private final Optional<Path> instances;
  private boolean present;
  private boolean doubtful;
  private @Nullable HeadSlot newest;
  private @Nullable RandomAccessFile file;
  private @Nullable InstanceMarker marker;
  private boolean copied;

  private HeadFile(Path path, Optional<Path> instances) {
    this.path = path;
    this.instances = instances;
  }

  /**
   * Opens a head file; it need not be there.
   *
   * @param head the file
   * @param instances a directory that no backup copies and no other device shares, made if it is
   *     missing; it gets a file of 12 bytes for each store
   */
  public static HeadFile open(Path head, Optional<Path> instances) {
    HeadFile opened = new HeadFile(head, instances);
    try {
      opened.load();
      return opened;
    } catch (IOException failure) {
      try (opened) {
        throw opened.failed("reading it", failure);
      }
    }
  }

  /**
   * What a head file says, by reads alone; empty if there is none or it holds no head. Who has the
   * file open may write at the same time.
   *
   * @throws IOException if it can't be read
   */
  public static Optional<Head> look(Path head) throws IOException {
    if (!Files.exists(head)) {
      return Optional.empty();
    }
    HeadFile looked = new HeadFile(head, Optional.empty());
    try (RandomAccessFile file = new RandomAccessFile(head.toFile(), "r")) {
      looked.readSlots(file);
    }
    return Optional.ofNullable(looked.newest).map(looked::sayable);
  }

  /**
   * What was written last, or null if there is no file.
   *
   * @throws StoreException.Corrupt if there is a file and it holds no head
   */
  public synchronized @Nullable Head read() {
    HeadSlot slot = newest();
    if (slot == null) {
      return null;
    }
    return sayable(slot);
  }

  private Head sayable(HeadSlot slot) {
    return doubtful ? slot.head().withClean(false) : slot.head();
  }

  /**
   * Whether the file is not the one that was adopted, or its marker does not vouch for it: that is
   * missing or counts more commits. False if there is no file.
   *
   * @throws StoreException.Corrupt if there is a file and it holds no head
   */
  public synchronized boolean isCopied() {
    newest();
    return copied;
  }

  /**
   * Says how far the store's own files have come, which may be further than a head that lost its
   * last writings with the power. A marker that counts no more than that vouches for them.
   *
   * @param commits how many the store has
   */
  public synchronized void vouch(long commits) {
    HeadSlot slot = newest();
    if (slot == null || !copied || instances.isEmpty()) {
      return;
    }
    try {
      if (slot.file().equals(FileMark.of(path))
          && InstanceMarker.vouchesFor(instances.get(), slot.head().withCommits(commits))) {
        marker = InstanceMarker.open(instances.get(), slot.head());
        copied = false;
      }
    } catch (IOException failure) {
      throw failed("looking for its marker", failure);
    }
  }

  /**
   * Writes a head without waiting for the disk; the end of the process does not lose it. A file
   * that is missing is made, forced to the disk, and counts as a copy until it is adopted. One that
   * is there has all of its room already, so this needs none but on file systems that write every
   * block to another place.
   *
   * @throws IllegalArgumentException if the file is the head of another instance
   * @throws StoreException.Corrupt if there is a file and it holds no head
   */
  public synchronized void write(Head head) {
    HeadSlot last = newest();
    if (last != null && !last.head().isOfInstance(head.instanceHigh(), head.instanceLow())) {
      throw new IllegalArgumentException(
          path + " is the head of another instance; adopt it to make it one of this");
    }
    try {
      if (last == null) {
        create(head, false);
        copied = true;
      } else {
        // What was noticed once stays, though the counts may catch up with the marker's.
        put(last.next(head, copied ? FileMark.NONE : last.file()));
      }
      mark(head);
    } catch (IOException failure) {
      throw failed("writing it", failure);
    }
  }

  /**
   * Writes a head of this very file, and forces it to the disk: from now on it is no copy. It is
   * made if it is missing.
   *
   * <p>A store that takes a new number commits that first, together with the number it had: when it
   * is opened and this file still has the former number, adopting it was cut short, and is to be
   * done again.
   *
   * @param head with the number of a new instance, if the file was a copy
   * @throws StoreException.Corrupt if there is a file and it holds no head
   */
  public synchronized void adopt(Head head) {
    HeadSlot last = newest();
    try {
      // The marker first: what needs room and has none leaves the head of the former instance.
      InstanceMarker.closeUnlessNull(marker);
      marker = null;
      if (instances.isPresent()) {
        marker = InstanceMarker.open(instances.get(), head);
      }
      mark(head);
      if (last == null) {
        create(head, true);
      } else {
        put(last.next(head, FileMark.of(path)));
      }
      force();
      copied = false;
    } catch (IOException failure) {
      throw failed("adopting it", failure);
    }
  }

  /**
   * Writes a head that counts as that of a copy until it is adopted, and forces it to the disk: for
   * a store that went back in time by itself.
   *
   * @throws StoreException.Corrupt if there is a file and it holds no head
   */
  public synchronized void disown(Head head) {
    HeadSlot last = newest();
    try {
      if (last == null) {
        create(head, false);
      } else {
        put(last.next(head, FileMark.NONE));
      }
      force();
      copied = true;
    } catch (IOException failure) {
      throw failed("disowning it", failure);
    }
  }

  /** Forces to the disk what was written. Does nothing if there is no file. */
  public synchronized void sync() {
    try {
      force();
    } catch (IOException failure) {
      // Never for want of room: whoever tried again would not learn what the disk has.
      throw failedDisk("forcing it to the disk", failure);
    }
  }

  /** Closes the file; forces nothing. Closing twice is allowed. */
  @Override
  public synchronized void close() {
    RandomAccessFile open = file;
    InstanceMarker own = marker;
    file = null;
    marker = null;
    try {
      try {
        InstanceMarker.closeUnlessNull(own);
      } finally {
        if (open != null) {
          open.close();
        }
      }
    } catch (IOException failure) {
      throw failed("closing it", failure);
    }
  }

  private void load() throws IOException {
    present = Files.exists(path);
    if (!present) {
      return;
    }
    RandomAccessFile opened = new RandomAccessFile(path.toFile(), "rw");
    file = opened;
    readSlots(opened);
    HeadSlot slot = newest;
    if (slot == null) {
      return;
    }
    copied =
        !slot.file().equals(FileMark.of(path))
            || (instances.isPresent() && !InstanceMarker.vouchesFor(instances.get(), slot.head()));
    if (!copied && instances.isPresent()) {
      marker = InstanceMarker.open(instances.get(), slot.head());
    }
  }

  private void readSlots(RandomAccessFile from) throws IOException {
    HeadSlot even = slot(from, 0);
    HeadSlot odd = slot(from, 1);
    newest = even == null || (odd != null && odd.serial() > even.serial()) ? odd : even;
    doubtful = even == null || odd == null || Math.abs(even.serial() - odd.serial()) != 1;
  }

  private static @Nullable HeadSlot slot(RandomAccessFile file, int index) throws IOException {
    long offset = HeadSlot.offsetOf(index);
    if (file.length() < offset + HeadSlot.BYTES) {
      return null;
    }
    byte[] bytes = new byte[HeadSlot.BYTES];
    file.seek(offset);
    file.readFully(bytes);
    return HeadSlot.from(bytes, index);
  }

  private @Nullable HeadSlot newest() {
    if (present && newest == null) {
      throw new StoreException.Corrupt(
          path
              + " is damaged or is no head file, so whether the store beside it is complete"
              + " can't be told; restore a copy of both, or repair the store",
          null);
    }
    return newest;
  }

  private void put(HeadSlot slot) throws IOException {
    RandomAccessFile open = file;
    if (open == null) {
      throw new IOException("it was closed");
    }
    open.seek(HeadSlot.offsetOf(slot.serial()));
    open.write(slot.toBytes());
    doubtful = false;
    newest = slot;
  }

  /** Makes the file aside, so that there is never one without a head, whatever happens. */
  private void create(Head head, boolean adopted) throws IOException {
    Path aside = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(aside);
    HeadSlot slot;
    try (RandomAccessFile made = new RandomAccessFile(aside.toFile(), "rw")) {
      FileMark mark = adopted ? FileMark.of(aside) : FileMark.NONE;
      HeadSlot first = new HeadSlot(FIRST_SERIAL, head, mark);
      slot = first.next(head, mark);
      made.seek(HeadSlot.offsetOf(first.serial()));
      made.write(first.toBytes());
      made.seek(HeadSlot.offsetOf(slot.serial()));
      made.write(slot.toBytes());
      made.getFD().sync();
    }
    DurableMove.move(aside, path);
    file = new RandomAccessFile(path.toFile(), "rw");
    newest = slot;
    present = true;
    doubtful = false;
  }

  private void mark(Head head) throws IOException {
    InstanceMarker own = marker;
    if (own != null) {
      own.write(head);
    }
  }

  private void force() throws IOException {
    RandomAccessFile open = file;
    InstanceMarker own = marker;
    if (open != null) {
      open.getFD().sync();
    }
    // Afterwards, so that what was forced of the marker never counts more than the head.
    if (own != null) {
      own.sync();
    }
  }

  private StoreException failed(String doing, IOException failure) {
    return isFull()
        ? new StoreException.Full(
            message(doing, failure) + "; make room on the file system", failure)
        : failedDisk(doing, failure);
  }

  private StoreException failedDisk(String doing, IOException failure) {
    return new StoreException.InputOutput(
        message(doing, failure) + "; close the store, mend the file system and open it again",
        failure);
  }

  private String message(String doing, IOException failure) {
    return path + ": " + doing + " failed: " + failure.getMessage();
  }

  private boolean isFull() {
    Path directory = path.toAbsolutePath().getParent();
    return directory != null
        && Files.isDirectory(directory)
        && directory.toFile().getUsableSpace() < HeadSlot.DISTANCE;
  }
}
