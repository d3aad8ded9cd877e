package dev.plait.storage.lmdb;

import dev.plait.storage.guard.Claim;
import dev.plait.storage.guard.Head;
import dev.plait.storage.guard.HeadFile;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
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

  private static final String HEAD = "plait.head";
  private static final String LOCK = "plait.lock";
  private static final int MAGIC_AT = 16;
  private static final byte[] LITTLE_MAGIC = {(byte) 0xde, (byte) 0xc0, (byte) 0xef, (byte) 0xbe};
  private static final byte[] BIG_MAGIC = {(byte) 0xbe, (byte) 0xef, (byte) 0xc0, (byte) 0xde};

  /** Resolves links, and makes the directory if it is missing. */
  static Path directory(Path path) throws IOException {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw notAStore(path, "it is a file; an LMDB store is a directory");
    }
    if (!Files.exists(path)) {
      Files.createDirectory(path);
    }
    return path.toRealPath();
  }

  static Opening of(Path directory, LmdbOptions options) throws IOException, DamagedException {
    Claim claim = Claim.of(directory.resolve(LOCK), directory);
    try {
      HeadFile file = HeadFile.open(directory.resolve(HEAD), options.instances());
      try {
        Head head = file.read();
        checkFile(directory, head);
        removeAside(directory);
        Environment environment = Environment.open(directory, options);
        try {
          StoreRecord meta = meta(directory, environment, head);
          Headway headway = Headway.of(directory, file, head, meta, options);
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

  /** What can be told of the data file before it is mapped. */
  private static void checkFile(Path directory, @Nullable Head head) throws IOException {
    Path data = Environment.data(directory);
    if (!Environment.hasData(directory)) {
      if (head != null && head.commits() > 0) {
        throw Headway.lost(directory, head, 0);
      }
      return;
    }
    if (head == null && !hasMagic(data)) {
      throw notAStore(directory, "LMDB did not write " + Environment.DATA);
    }
    // Also after a clean end: what a disk loses by itself is no better to map.
    PageCheck.check(data, true);
  }

  private static boolean hasMagic(Path data) throws IOException {
    byte[] start;
    try (InputStream file = Files.newInputStream(data)) {
      start = file.readNBytes(MAGIC_AT + LITTLE_MAGIC.length);
    }
    byte[] magic = Arrays.copyOfRange(start, Math.min(MAGIC_AT, start.length), start.length);
    return Arrays.equals(magic, LITTLE_MAGIC) || Arrays.equals(magic, BIG_MAGIC);
  }

  private static StoreRecord meta(Path directory, Environment environment, @Nullable Head head)
      throws DamagedException {
    byte[] value;
    try (Transaction transaction = environment.read()) {
      value = transaction.get(LmdbLayout.META_KEY);
    }
    if (value == null) {
      return environment.records() == 0
          ? create(directory, environment, head)
          : none(directory, head);
    }
    long version = StoreRecord.version(value);
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
    StoreRecord meta = StoreRecord.read(value);
    if (meta.transaction() != environment.lastTransaction()) {
      throw new DamagedException(
          "its records are those of transaction "
              + meta.transaction()
              + ", its last is "
              + environment.lastTransaction());
    }
    if (head == null || meta.commits() >= head.commits()) {
      try (Transaction transaction = environment.read()) {
        new Reading(transaction).checkSeals(meta);
      }
    }
    return meta;
  }

  private static StoreRecord none(Path directory, @Nullable Head head) throws DamagedException {
    if (head != null) {
      throw new DamagedException("the record of the store itself is gone");
    }
    throw notAStore(directory, "another program wrote " + Environment.DATA);
  }

  private static StoreRecord create(Path directory, Environment environment, @Nullable Head head) {
    if (head != null && head.commits() > 0) {
      throw Headway.lost(directory, head, 0);
    }
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
    for (String name : List.of(Environment.DATA, "lock.mdb")) {
      Files.deleteIfExists(aside.resolve(name));
    }
    Files.deleteIfExists(aside);
  }

  /** Forces a file, or the names in a directory, to the disk. */
  static void force(Path path) throws IOException {
    boolean directory = Files.isDirectory(path);
    if (directory && !path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return;
    }
    StandardOpenOption access = directory ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }

  /** How long all files of a store are together. */
  static long storedBytes(Path directory) throws IOException {
    long bytes = 0;
    for (String name : List.of(Environment.DATA, "lock.mdb", HEAD, LOCK)) {
      Path file = directory.resolve(name);
      bytes += Files.exists(file) ? Files.size(file) : 0;
    }
    return bytes;
  }

  private static StoreException notAStore(Path path, String why) {
    return new StoreException.NotAStore(
        path + " is not a store: " + why + "; name another directory or one that does not exist",
        null);
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
