package dev.plait.storage.lmdb;

import dev.plait.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * A data file read page by page. Nothing is mapped, so a file that is too short is an answer and
 * not a dead process; no channel is used, so who is interrupted reads as any other. Not
 * thread-safe.
 */
final class PageFile implements AutoCloseable {

  /** The size of page the engine takes where the system's pages are no larger, in bytes. */
  static final int SMALLEST_PAGE = 4096;

  /** The largest that the engine takes, in bytes. */
  static final int LARGEST_PAGE = 32_768;

  /** No machine maps more than this, so what lies behind is no part of a store. */
  static final long LARGEST = 1L << 47;

  private static final int LOOKED_AT = 1000; // pages

  private final Path path;
  private final RandomAccessFile file;
  private final int pageSize;
  private final long pages;

  private PageFile(Path path, RandomAccessFile file, int pageSize, long pages) {
    this.path = path;
    this.file = file;
    this.pageSize = pageSize;
    this.pages = pages;
  }

  /** Opens a file for reading; its length and the size of its pages are taken now. */
  static PageFile open(Path path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
    try {
      int pageSize = pageSize(file);
      return new PageFile(path, file, pageSize, Math.min(file.length(), LARGEST) / pageSize);
    } catch (IOException unreadable) {
      file.close();
      throw unreadable;
    }
  }

  /**
   * The size that both meta pages name or, where one is damaged, the other; the second one lies
   * where its own size puts it. Where both are damaged it is the one that fits most of the first
   * pages. Whether the file really has such pages is not known by this.
   */
  private static int pageSize(RandomAccessFile file) throws IOException {
    for (int size = SMALLEST_PAGE; size <= LARGEST_PAGE; size *= 2) {
      if (Meta.namesPageSize(file, size, size)) {
        return size;
      }
    }
    for (int size = SMALLEST_PAGE; size <= LARGEST_PAGE; size *= 2) {
      if (Meta.namesPageSize(file, 0, size)) {
        return size;
      }
    }
    int likeliest = SMALLEST_PAGE;
    int most = 0;
    for (int size = SMALLEST_PAGE; size <= LARGEST_PAGE; size *= 2) {
      int fitting = fitting(file, size);
      if (fitting > most) {
        likeliest = size;
        most = fitting;
      }
    }
    return likeliest;
  }

  /** How many of the first pages have their number in front, were they of this size. */
  private static int fitting(RandomAccessFile file, int size) throws IOException {
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int fitting = 0;
    for (long page = 1; page <= LOOKED_AT && read(file, page * size, number); page++) {
      fitting += number.getLong(0) == page ? 1 : 0;
    }
    return fitting;
  }

  /** Bytes of a page. */
  int pageSize() {
    return pageSize;
  }

  /** How many whole pages the file has. */
  long pages() {
    return pages;
  }

  /**
   * Fills a buffer from its start.
   *
   * @param into a buffer over an array; its position is its limit afterwards
   * @return false if the file ends before the buffer is full
   */
  boolean read(long position, ByteBuffer into) throws IOException {
    return read(file, position, into);
  }

  static boolean read(RandomAccessFile file, long position, ByteBuffer into) throws IOException {
    into.clear();
    file.seek(position);
    while (into.hasRemaining()) {
      int read = file.read(into.array(), into.arrayOffset() + into.position(), into.remaining());
      if (read < 0) {
        return false;
      }
      into.position(into.position() + read);
    }
    return true;
  }

  /** What to throw when a page is not what was written. */
  StoreException.Corrupt corrupt(long page, String fault) {
    return new StoreException.Corrupt(
        path + " is damaged: page " + page + ": " + fault + "; restore a copy or repair the store",
        null);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
