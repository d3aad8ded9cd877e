package dev.plait.storage.lmdb;

import dev.plait.storage.guard.Claim;
import dev.plait.storage.guard.Head;
import dev.plait.storage.guard.HeadFile;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/*
 * THE ORDER
 *
 * LMDB maps its file and believes what it finds: a page number that leads nowhere ends the process.
 * So the claim comes first, then what plain reads tell: is it a store, has it lost what the head
 * file counts, is every page sound. Only then is the file mapped, and the records are compared with
 * their seals before anything is written.
 */
/** A store on its way from a directory to a {@link LmdbStore}. */
record Opening(Claim claim, Environment environment, Headway headway, StoreRecord meta) {

  /** What reclaiming leaves behind when it is cut short. */
  static final String ASIDE = "plait.reclaim";

  /** The head file. */
  static final String HEAD = "plait.head";

  /** The file that is locked while the store is open. */
  static final String LOCK = "plait.lock";

  /** Resolves links, and makes the directory if it is missing. */
  static Path directory(Path path) throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw Inspection.notAStore(path, "it is a file; an LMDB store is a directory");
    }
    if (!Files.exists(path)) {
      make(path);
    }
    return path.toRealPath();
  }

  private static void make(Path path) throws IOException {
    try {
      Files.createDirectory(path);
      Path parent = path.toAbsolutePath().getParent();
      if (parent != null) {
        force(parent);
      }
    } catch (FileAlreadyExistsException madeMeanwhile) {
      if (!Files.isDirectory(path)) {
        throw madeMeanwhile;
      }
    }
  }

  static Opening of(Path directory, LmdbOptions options) throws IOException, DamagedException {
    refuseForeign(directory);
    Claim claim = Claim.of(directory.resolve(LOCK), directory);
    try {
      HeadFile file = HeadFile.open(directory.resolve(HEAD), options.instances());
      try {
        Head head = file.read();
        StoreRecord recorded = Inspection.of(directory, head);
        removeAside(directory);
        Environment environment = Environment.open(directory, options);
        try {
          StoreRecord meta = meta(environment, head, recorded);
          Headway headway = Headway.of(file, head, meta, options);
          return new Opening(claim, environment, headway, meta);
        } catch (RuntimeException | Error | DamagedException failure) {
          closeAfter(failure, environment);
          throw failure;
        }
      } catch (RuntimeException | Error | IOException | DamagedException failure) {
        closeAfter(failure, file);
        throw failure;
      }
    } catch (RuntimeException | Error | IOException | DamagedException failure) {
      closeAfter(failure, claim);
      throw failure;
    }
  }

  /**
   * What is not a store gets no lock file either. Once there is one, whoever has the store open may
   * be writing, and only the claim tells.
   */
  private static void refuseForeign(Path directory) throws IOException, DamagedException {
    if (isClaimed(directory) || Files.exists(directory.resolve(HEAD))) {
      return;
    }
    try {
      Inspection.of(directory, null);
    } catch (StoreException | DamagedException refusal) {
      if (!isClaimed(directory)) {
        throw refusal;
      }
    }
  }

  private static boolean isClaimed(Path directory) {
    return Files.exists(directory.resolve(LOCK));
  }

  private static StoreRecord meta(
      Environment environment, @Nullable Head head, @Nullable StoreRecord recorded)
      throws DamagedException {
    if (recorded == null) {
      return create(environment, head);
    }
    if (recorded.transaction() != environment.lastTransaction()) {
      throw new DamagedException(
          "LMDB reads transaction "
              + environment.lastTransaction()
              + " where "
              + recorded.transaction()
              + " was the last");
    }
    try (Transaction transaction = environment.read()) {
      new Reading(transaction).checkSeals(recorded);
    }
    return recorded;
  }

  private static StoreRecord create(Environment environment, @Nullable Head head) {
    UUID instance = UUID.randomUUID();
    StoreRecord first =
        head == null
            ? StoreRecord.first(
                instance.getMostSignificantBits(), instance.getLeastSignificantBits())
            : StoreRecord.first(head.instanceHigh(), head.instanceLow());
    try (Transaction transaction = environment.write()) {
      StoreRecord written = first.withTransaction(transaction.number());
      transaction.put(LmdbLayout.META_KEY, written.toValue());
      transaction.commit();
      return written;
    }
  }

  /** Removes what a reclaiming that was cut short has left. */
  static void removeAside(Path directory) throws IOException {
    Path aside = directory.resolve(ASIDE);
    for (String name : List.of(Environment.DATA, Environment.LOCK)) {
      Files.deleteIfExists(aside.resolve(name));
    }
    Files.deleteIfExists(aside);
  }

  /** Forces a file, or the names in a directory, to the disk; an interruption waits until then. */
  static void force(Path path) throws IOException {
    boolean directory = Files.isDirectory(path);
    if (directory && !path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return;
    }
    StandardOpenOption access = directory ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    boolean interrupted = Thread.interrupted();
    boolean forced = false;
    while (!forced) {
      try (FileChannel channel = FileChannel.open(path, access)) {
        channel.force(true);
        forced = true;
      } catch (ClosedByInterruptException later) {
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long all files of a store are together. */
  static long storedBytes(Path directory) throws IOException {
    long bytes = 0;
    for (String name : List.of(Environment.DATA, Environment.LOCK, HEAD, LOCK)) {
      Path file = directory.resolve(name);
      bytes += Files.exists(file) ? Files.size(file) : 0;
    }
    return bytes;
  }

  /** Closes what a failure leaves behind; a second failure is kept with the first. */
  static void closeAfter(Throwable failure, AutoCloseable left) {
    try {
      left.close();
    } catch (Exception second) {
      failure.addSuppressed(second);
    }
  }
}
