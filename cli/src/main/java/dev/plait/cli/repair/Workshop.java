package dev.plait.cli.repair;

import dev.plait.cli.store.DataDirectory;
import dev.plait.storage.guard.Claim;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
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
 *   taken         is there when all is in it that can be read, and the peer may be told of that
 *   report        is there when the new store is complete: what there is to tell
 *   damaged/      where the files of the damaged store go, once there is a report
 *   damaged/report  is there when all of them have gone there
 *
 * A repair that finds neither begins anew. One that finds taken goes on with new/, which is not
 * thrown away any more: the peer may have changes from there, under an id that nobody else knows.
 * One that finds a report, or damaged/, goes on moving. At the end damaged/ becomes
 * DIR/plait.damaged-N, and plait.repair goes.
 *
 * Each of these names is forced to the disk before the next step: after a power loss the directory
 * shows no later step without the earlier ones.
 */
/**
 * The directory in which a store is repaired. Closing it lets go of it, and leaves what is there.
 */
final class Workshop implements AutoCloseable {
  private static final String REPORT = "report";
  private static final String BRANCHED = "branched ";

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
      return Files.exists(damaged()) ? RepairReport.LOST : null;
    } catch (IOException failed) {
      throw unusable(place, failed);
    }
  }

  /** Who was kept with {@link #keep}, and what there was to tell; null if it has not come to it. */
  @Nullable String taken() {
    try {
      return Files.exists(takenPath()) ? Files.readString(takenPath()) : null;
    } catch (IOException failed) {
      throw unusable(takenPath(), failed);
    }
  }

  /** The documents that were written down in what {@link #taken} gives. */
  static List<String> namesIn(String taken) {
    return taken
        .lines()
        .filter(line -> line.startsWith(BRANCHED))
        .map(line -> URLDecoder.decode(line.substring(BRANCHED.length()), StandardCharsets.UTF_8))
        .toList();
  }

  /**
   * From here on the new store is not thrown away.
   *
   * @param branched the documents that were taken in the other order
   * @param report what there is to tell so far
   */
  void keep(Set<String> branched, String report) {
    StringBuilder text = new StringBuilder(report);
    for (String name : branched) {
      text.append(BRANCHED).append(URLEncoder.encode(name, StandardCharsets.UTF_8)).append('\n');
    }
    try {
      DataDirectory.force(built());
      write(text.toString(), takenPath());
      DataDirectory.force(data.path());
    } catch (IOException failed) {
      throw unusable(place, failed);
    }
  }

  /**
   * Where the new store is to be built; nothing is there, unless it was {@linkplain #keep kept}.
   */
  DataDirectory begin() {
    try {
      if (!Files.exists(takenPath())) {
        remove(built());
        Files.createDirectory(built());
      }
      return new DataDirectory(built());
    } catch (IOException failed) {
      throw unusable(built(), failed);
    }
  }

  /** The new store is complete and closed. */
  void complete(String report) {
    try {
      DataDirectory.force(built());
      write(report, place.resolve(REPORT));
      DataDirectory.force(data.path());
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
    Path last = damaged().resolve(REPORT);
    if (!Files.exists(last)) {
      if (!Files.exists(report)) {
        write(RepairReport.LOST, report);
      }
      Files.createDirectories(damaged());
      for (Path file : data.files()) {
        move(file, damaged().resolve(file.getFileName()));
      }
      DataDirectory.force(damaged());
      DataDirectory.force(data.path());
      move(report, last);
    }
    Files.deleteIfExists(takenPath());
    DataDirectory.force(damaged());
    DataDirectory.force(place);
  }

  private Path putInPlace() throws IOException {
    for (Path file : new DataDirectory(built()).files()) {
      move(file, data.path().resolve(file.getFileName()));
    }
    DataDirectory.force(data.path());
    int number = 1;
    while (Files.exists(data.path().resolve("plait.damaged-" + number))) {
      number++;
    }
    Path kept = data.path().resolve("plait.damaged-" + number);
    move(damaged(), kept);
    DataDirectory.force(data.path());
    return kept;
  }

  /**
   * Lets everybody use the store again. What was built and not put in place is thrown away. Where
   * the exchange has begun, or a peer may have been told of what was built, all of it stays.
   */
  void clear() {
    try {
      claim.close();
      if (Files.exists(damaged()) || Files.exists(takenPath())) {
        return;
      }
      remove(built());
      Files.deleteIfExists(draft());
      Files.deleteIfExists(place.resolve("lock"));
      Files.delete(place);
    } catch (IOException failed) {
      throw unusable(place, failed);
    }
  }

  /** Writes a file that is there as a whole or not at all, also after a power loss. */
  private void write(String text, Path file) throws IOException {
    Files.writeString(draft(), text, StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(draft(), StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    move(draft(), file);
    DataDirectory.force(place);
  }

  private Path draft() {
    return place.resolve("draft");
  }

  private Path takenPath() {
    return place.resolve("taken");
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
