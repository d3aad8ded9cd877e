package dev.plait.storage.guard;

import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * WHY A REGISTRY BESIDE THE FILE LOCK
 *
 * On POSIX systems a process loses all its locks on a file when it closes any descriptor of that
 * file. A second open in the same process would be refused by the JVM, close its channel, and with
 * that quietly unlock the store for other processes. So who holds what in this process is asked
 * before the file is opened. It belongs to the process, like the locks themselves: the one state
 * here that is static. Where the holder was loaded by another class loader, and so is in another
 * registry, the JVM still refuses the lock; then the channel stays open, kept for the next attempt.
 */
/**
 * The claim on a store: one holder at a time, across threads and processes. The system ends it when
 * the process ends, however it does.
 *
 * <p>It is an exclusive lock on an empty file beside the store, which stays when the claim ends:
 * whoever removed it would take it from under the next holder. A process that holds a claim must
 * not open or copy that file itself; on POSIX systems this would let other processes in.
 *
 * <p>Safe for use by many threads. Costs one system call or two.
 */
public final class Claim implements AutoCloseable {

  private static final Map<Path, FileChannel> HELD = new HashMap<>();
  private static final Map<Path, FileChannel> REFUSED = new HashMap<>();

  private final Path file;
  private boolean open = true;

  private Claim(Path file) {
    this.file = file;
  }

  /**
   * Claims a store.
   *
   * @param lockFile the file to lock, made if it is missing; links are followed, so that all names
   *     of a file are one claim
   * @param store what to call the store in messages
   * @throws StoreException.Locked if it is held already, in this process or another
   * @throws IOException if the file can't be made or the file system knows no locks
   */
  public static Claim of(Path lockFile, Path store) throws IOException {
    synchronized (HELD) {
      Path file = realPath(lockFile);
      if (HELD.containsKey(file)) {
        throw locked(store, null);
      }
      FileChannel channel = Uninterrupted.run(() -> lock(file, store));
      HELD.put(file, channel);
      return new Claim(file);
    }
  }

  /** Ends the claim. Closing twice is allowed. */
  @Override
  public void close() throws IOException {
    synchronized (HELD) {
      if (!open) {
        return;
      }
      open = false;
      FileChannel channel = HELD.remove(file);
      if (channel != null) {
        channel.close();
      }
    }
  }

  private static FileChannel lock(Path file, Path store) throws IOException {
    FileChannel before = REFUSED.remove(file);
    FileChannel channel =
        before != null
            ? before
            : FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException heldByAnotherLoader) {
      REFUSED.put(file, channel);
      throw locked(store, heldByAnotherLoader);
    } catch (IOException failure) {
      try (channel) {
        throw failure;
      }
    }
    if (lock == null) {
      channel.close();
      throw locked(store, null);
    }
    return channel;
  }

  /** A file that is missing has the name that it will have once it is made. */
  private static Path realPath(Path file) throws IOException {
    if (Files.exists(file)) {
      return file.toRealPath();
    }
    Path target =
        Files.isSymbolicLink(file)
            ? file.resolveSibling(Files.readSymbolicLink(file))
            : file.toAbsolutePath();
    Path directory = target.toAbsolutePath().getParent();
    Path name = target.getFileName();
    return directory == null || name == null ? target : directory.toRealPath().resolve(name);
  }

  private static StoreException.Locked locked(Path store, @Nullable Throwable cause) {
    return new StoreException.Locked(
        store + " is open already, here or in another process; close it there first", cause);
  }
}
