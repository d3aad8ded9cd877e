package dev.plait.storage.lmdb;

import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A data file read page by page through a channel. Nothing is mapped, so a file that is too short
 * is an answer and not a dead process. Not thread-safe.
 */
final class PageFile implements AutoCloseable {

  /** Bytes of a page. */
  static final int PAGE = 4096;

  /** No machine maps more than this, so what lies behind is no part of a store. */
  static final long LARGEST = 1L << 47;

  private final Path path;
  private final FileChannel channel;
  private final long pages;

  private PageFile(Path path, FileChannel channel, long pages) {
    this.path = path;
    this.channel = channel;
    this.pages = pages;
  }

  /** Opens a file for reading; its length is taken now. */
  static PageFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new PageFile(path, channel, Math.min(channel.size(), LARGEST) / PAGE);
    } catch (IOException unknownLength) {
      channel.close();
      throw unknownLength;
    }
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
