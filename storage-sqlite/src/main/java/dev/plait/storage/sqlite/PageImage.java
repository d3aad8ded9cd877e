package dev.plait.storage.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a database as its file and, on top of that, the finished transactions of its log
 * have them, whatever is damaged between. Only reads. Not thread-safe.
 */
final class PageImage implements AutoCloseable {

  private static final int FIRST_FREE_OFFSET = 32;
  private static final int FREE_COUNT_OFFSET = 36;

  private final @Nullable RandomAccessFile file;
  private @Nullable RandomAccessFile log;
  private final Map<Integer, Long> logged = new HashMap<>();
  private final List<WalScan.Frame> unfinished = new ArrayList<>();
  private final List<WalScan.Frame> doubtful = new ArrayList<>();
  private int pages;

  private PageImage(@Nullable RandomAccessFile file, long length) {
    this.file = file;
    pages =
        (int)
            Math.min(
                Integer.MAX_VALUE,
                (length + SqliteLayout.PAGE_BYTES - 1) / SqliteLayout.PAGE_BYTES);
  }

  /** The pages of a file; it need not be there. */
  static PageImage of(Path path) throws IOException {
    return new PageImage(open(path), Files.exists(path) ? Files.size(path) : 0);
  }

  /** The pages of a file and its log; either need not be there. */
  static PageImage of(Path path, Path log) throws IOException {
    PageImage image = of(path);
    try {
      image.log = open(log);
      WalScan.of(log, SqliteLayout.PAGE_BYTES, image::take);
      image.doubtful.addAll(image.unfinished);
      return image;
    } catch (IOException failure) {
      Connections.closeAfter(failure, image);
      throw failure;
    }
  }

  private static @Nullable RandomAccessFile open(Path path) throws IOException {
    return Files.exists(path) ? new RandomAccessFile(path.toFile(), "r") : null;
  }

  private void take(WalScan.Frame frame) {
    unfinished.add(frame);
    if (frame.pagesAfter() > 0) {
      for (WalScan.Frame finished : unfinished) {
        if (finished.sound()) {
          logged.put(finished.page(), finished.offset());
        } else {
          doubtful.add(finished);
        }
      }
      unfinished.clear();
      pages = frame.pagesAfter();
    }
  }

  /** How many pages there are; they are numbered from 1. */
  int pages() {
    return pages;
  }

  /** The frames of the log that are damaged, or after which no transaction ended. */
  List<WalScan.Frame> doubtful() {
    return doubtful;
  }

  /** The numbers of the pages that the log has. */
  Set<Integer> logged() {
    return logged.keySet();
  }

  /** A page; zeros where the file does not reach. */
  byte[] page(int number) throws IOException {
    Long offset = logged.get(number);
    return offset == null ? read(file, (number - 1L) * SqliteLayout.PAGE_BYTES) : logged(offset);
  }

  /** The page in the log at an offset. */
  byte[] logged(long offset) throws IOException {
    return read(log, offset);
  }

  private static byte[] read(@Nullable RandomAccessFile from, long offset) throws IOException {
    byte[] page = new byte[SqliteLayout.PAGE_BYTES];
    if (from != null) {
      int there = (int) Math.max(0, Math.min(page.length, from.length() - offset));
      from.seek(offset);
      from.readFully(page, 0, there);
    }
    return page;
  }

  /** The pages in which nothing is kept; none if the list of them is damaged. */
  Set<Integer> free() throws IOException {
    ByteBuffer header = ByteBuffer.wrap(page(1));
    int count = header.getInt(FREE_COUNT_OFFSET);
    Set<Integer> free = new HashSet<>();
    int trunk = header.getInt(FIRST_FREE_OFFSET);
    while (trunk != 0) {
      if (!isPage(trunk) || !free.add(trunk)) {
        return Set.of();
      }
      ByteBuffer list = ByteBuffer.wrap(page(trunk));
      trunk = list.getInt();
      int leaves = list.getInt();
      if (leaves < 0 || leaves > list.remaining() / Integer.BYTES) {
        return Set.of();
      }
      for (int i = 0; i < leaves; i++) {
        int leaf = list.getInt();
        if (!isPage(leaf) || !free.add(leaf)) {
          return Set.of();
        }
      }
    }
    return free.size() == count ? free : Set.of();
  }

  boolean isPage(int number) {
    return number > 1 && number <= pages;
  }

  @Override
  public void close() throws IOException {
    try {
      if (file != null) {
        file.close();
      }
    } finally {
      if (log != null) {
        log.close();
      }
    }
  }
}
