package dev.plait.storage.lmdb;

import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A data file read page by page through a channel. Nothing is mapped, so a file that is too short
 * is an answer and not a dead process. Not thread-safe.
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
  private final FileChannel channel;
  private final int pageSize;
  private final long pages;

  private PageFile(Path path, FileChannel channel, int pageSize, long pages) {
    this.path = path;
    this.channel = channel;
    this.pageSize = pageSize;
    this.pages = pages;
  }

  /** Opens a file for reading; its length and the size of its pages are taken now. */
  static PageFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      int pageSize = pageSize(channel);
      return new PageFile(path, channel, pageSize, Math.min(channel.size(), LARGEST) / pageSize);
    } catch (IOException unreadable) {
      channel.close();
      throw unreadable;
    }
  }

  /**
   * The size that both meta pages name or, where one is damaged, the other; the second one lies
   * where its own size puts it. Where both are damaged it is the one that fits most of the first
   * pages. Whether the file really has such pages is not known by this.
   */
  private static int pageSize(FileChannel channel) throws IOException {
    for (int size = SMALLEST_PAGE; size <= LARGEST_PAGE; size *= 2) {
      if (Meta.namesPageSize(channel, size, size)) {
        return size;
      }
    }
    for (int size = SMALLEST_PAGE; size <= LARGEST_PAGE; size *= 2) {
      if (Meta.namesPageSize(channel, 0, size)) {
        return size;
      }
    }
    int likeliest = SMALLEST_PAGE;
    int most = 0;
    for (int size = SMALLEST_PAGE; size <= LARGEST_PAGE; size *= 2) {
      int fitting = fitting(channel, size);
      if (fitting > most) {
        likeliest = size;
        most = fitting;
      }
    }
    return likeliest;
  }

  /** How many of the first pages have their number in front, were they of this size. */
  private static int fitting(FileChannel channel, int size) throws IOException {
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int fitting = 0;
    for (long page = 1; page <= LOOKED_AT && read(channel, page * size, number); page++) {
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
   * @return false if the file ends before the buffer is full
   */
  boolean read(long position, ByteBuffer into) throws IOException {
    return read(channel, position, into);
  }

  static boolean read(FileChannel channel, long position, ByteBuffer into) throws IOException {
    into.clear();
    while (into.hasRemaining()) {
      if (channel.read(into, position + into.position()) < 0) {
        return false;
      }
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
    channel.close();
  }
}
