package dev.plait.storage.sqlite;

import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** Gives each who reads a connection of its own, and keeps a few for the next. For many threads. */
final class ReaderPool implements Resource {

  private static final int MOST_IDLE = 4;

  private final StoreFile file;
  private final Deque<Reader> idle = new ConcurrentLinkedDeque<>();

  ReaderPool(StoreFile file) {
    this.file = file;
  }

  /** What is read over one connection. */
  interface Reading<T> {
    T from(Reader reader) throws SQLException;
  }

  <T> T read(Reading<T> reading) {
    Reader reader = null;
    try {
      reader = idle.poll();
      if (reader == null) {
        reader = Reader.open(file);
      }
      T result = reading.from(reader);
      keep(reader);
      return result;
    } catch (SQLException failure) {
      discard(reader, failure);
      throw Failures.translate(file.path(), "reading", failure);
    } catch (RuntimeException | Error failure) {
      discard(reader, failure);
      throw failure;
    }
  }

  private void keep(Reader reader) throws SQLException {
    if (idle.size() < MOST_IDLE) {
      idle.push(reader);
    } else {
      reader.close();
    }
  }

  private static void discard(@Nullable Reader reader, Throwable failure) {
    if (reader != null) {
      Connections.closeAfter(failure, reader);
    }
  }

  /** Closes the idle ones, when nobody reads any more. */
  @Override
  public void close() throws SQLException {
    SQLException failed = null;
    for (Reader reader = idle.poll(); reader != null; reader = idle.poll()) {
      try {
        reader.close();
      } catch (SQLException failure) {
        failed = failure;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
