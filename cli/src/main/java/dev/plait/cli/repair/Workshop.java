package dev.plait.cli.repair;

import dev.plait.cli.store.DataDirectory;
import dev.plait.storage.guard.Claim;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * THE STEPS
 *
 * A store may be several files, and they can't be exchanged in one step. So all happens in one
 * directory, DIR/plait.repair, and as long as that is there nobody else opens a store in DIR.
 *
 *   lock          held by who repairs; a repair that was cut short leaves it free
 *   new/          the store that is being built
 *   report        is there when the new store is complete: what there is to tell
 *   damaged/      where the files of the damaged store go, once there is a report
 *   damaged/report  is there when all of them have gone there
 *
 * A repair that finds no report begins anew; one that finds one goes on moving. At the end damaged/
 * becomes DIR/plait.damaged-N, and plait.repair goes.
 */
/**
 * The directory in which a store is repaired. Closing it lets go of it, and leaves what is there.
 */
final class Workshop implements AutoCloseable {
  private static final String REPORT = "report";

  private final DataDirectory data;
  private final Path place;
  private final Claim claim;

  private Workshop(DataDirectory data, Claim claim) {
    this.data = data;
    this.place = data.repairPlace();
    this.claim = claim;
  }

  /**
   * Keeps everybody else away from the store.
   *
   * @throws RepairException REPAIR_RUNNING, DATA_UNUSABLE
   */
  static Workshop in(DataDirectory data) {
    Path place = data.repairPlace();
    try {
      Files.createDirectories(place);
      return new Workshop(data, Claim.of(place.resolve("lock"), place));
    } catch (StoreException.Locked running) {
      throw new RepairException(
          RepairException.REPAIR_RUNNING,
          data.path() + " is being repaired already; wait until that has ended",
          running);
    } catch (IOException failed) {
      throw unusable(place, failed);
    }
  }

  /** What a repair that was cut short had to tell when only the exchange was left to do. */
  @Nullable String report() {
    try {
      for (Path report : List.of(place.resolve(REPORT), damaged().resolve(REPORT))) {
        if (Files.exists(report)) {
          return Files.readString(report);
        }
      }
      return null;
    } catch (IOException failed) {
      throw unusable(place, failed);
    }
  }

  /** Where the new store is to be built; nothing is there. */
  DataDirectory begin() {
    try {
      remove(built());
      Files.createDirectory(built());
      return new DataDirectory(built());
    } catch (IOException failed) {
      throw unusable(built(), failed);
    }
  }

  /** The new store is complete and closed. */
  void complete(String report) {
    try {
      Files.writeString(draft(), report, StandardCharsets.UTF_8);
      force(draft(), StandardOpenOption.WRITE);
      force(built(), StandardOpenOption.READ);
      move(draft(), place.resolve(REPORT));
    } catch (IOException failed) {
      throw unusable(place, failed);
    }
  }

  /**
   * Puts the new store in the place of the damaged one; goes on with what was begun.
   *
   * @return where the damaged one is now
   */
  Path exchange() {
    try {
      takeAside();
      return putInPlace();
    } catch (IOException failed) {
      throw unusable(place, failed);
    }
  }

  void takeAside() throws IOException {
    Path report = place.resolve(REPORT);
    if (Files.exists(report)) {
      Files.createDirectories(damaged());
      for (Path file : data.files()) {
        move(file, damaged().resolve(file.getFileName()));
      }
      force(damaged(), StandardOpenOption.READ);
      move(report, damaged().resolve(REPORT));
    }
  }

  private Path putInPlace() throws IOException {
    for (Path file : new DataDirectory(built()).files()) {
      move(file, data.path().resolve(file.getFileName()));
    }
    force(data.path(), StandardOpenOption.READ);
    int number = 1;
    while (Files.exists(data.path().resolve("plait.damaged-" + number))) {
      number++;
    }
    Path kept = data.path().resolve("plait.damaged-" + number);
    move(damaged(), kept);
    force(data.path(), StandardOpenOption.READ);
    return kept;
  }

  /**
   * Lets everybody use the store again. What was built and not put in place is thrown away; a
   * damaged store that is still here is not.
   */
  void clear() {
    try {
      claim.close();
      remove(built());
      Files.deleteIfExists(draft());
      Files.deleteIfExists(place.resolve("lock"));
      Files.delete(place);
    } catch (IOException failed) {
      throw unusable(place, failed);
    }
  }

  private Path draft() {
    return place.resolve(REPORT + ".draft");
  }

  private Path built() {
    return place.resolve("new");
  }

  private Path damaged() {
    return place.resolve("damaged");
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void force(Path path, StandardOpenOption access) throws IOException {
    if (access == StandardOpenOption.READ
        && !path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return; // no names of a directory can be forced there
    }
    try (FileChannel channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }

  private static void remove(Path directory) throws IOException {
    if (Files.exists(directory)) {
      List<Path> content;
      try (Stream<Path> walk = Files.walk(directory)) {
        content = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : content) {
        Files.delete(path);
      }
    }
  }

  private static RepairException unusable(Path path, IOException cause) {
    return new RepairException(
        RepairException.DATA_UNUSABLE,
        path + " can't be worked with: " + cause + "; run plait repair again when that is mended",
        cause);
  }

  @Override
  public void close() {
    try {
      claim.close();
    } catch (IOException failed) {
      throw unusable(place, failed);
    }
  }
}
