package dev.plait.properties.store.crash;

import dev.plait.store.ChangeStore;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Makes damaged images of stores, opens each and tells what came of it, in a journal: a line {@code
 * BEGIN} before an image is opened and a line {@code END} after, so that an image that kills this
 * process is known.
 */
final class ImageProcess {

  static final String CLEAN = "closed";
  static final String KILLED = "killed";
  static final String FOREIGN = "foreign";
  static final String BEGIN = "BEGIN";
  static final String END = "END";

  private static final int MOST_DETAIL = 400; // characters

  private final StoreFactory stores;
  private final Path work;
  private final long seed;
  private final Map<Long, Answers> expected = new HashMap<>();

  private ImageProcess(StoreFactory stores, Path work, long seed) {
    this.stores = stores;
    this.work = work;
    this.seed = seed;
  }

  private record Result(Outcome outcome, String detail) {

    static Result refused(StoreException refusal) {
      return new Result(Outcome.TYPED, refusal.code() + " " + refusal.getMessage());
    }

    String line() {
      String text = outcome + " " + detail.replaceAll("\\s+", " ");
      return text.substring(0, Math.min(MOST_DETAIL, text.length()));
    }
  }

  /**
   * Arguments: the factory's name, the directory with the stores {@link #CLEAN}, {@link #KILLED}
   * and {@link #FOREIGN}, the seed, how many acknowledged batches the first holds and how many the
   * second, the first image, the one after the last, and the journal.
   */
  public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
    ImageProcess images =
        new ImageProcess(
            ChildJvm.factory(arguments[0]), Path.of(arguments[1]), Long.parseLong(arguments[2]));
    Map<String, Long> acknowledged =
        Map.of(CLEAN, Long.valueOf(arguments[3]), KILLED, Long.valueOf(arguments[4]));
    int end = Integer.parseInt(arguments[6]);
    try (FileChannel journal =
        FileChannel.open(
            Path.of(arguments[7]), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int image = Integer.parseInt(arguments[5]); image < end; image++) {
        images.run(image, acknowledged, journal);
      }
    }
  }

  /** The directory of an image. */
  static Path image(Path work, int number) {
    return work.resolve("image-" + number);
  }

  private void run(int number, Map<String, Long> acknowledged, FileChannel journal)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed + number);
    String source = random.nextBoolean() ? CLEAN : KILLED;
    Path image = image(work, number);
    Trial.copy(work.resolve(source), image);
    Damage damage = Damage.inflict(image, work.resolve(FOREIGN), random);
    append(
        journal,
        String.join("\t", BEGIN, "" + number, damage.kind(), source + " " + damage.where()));
    Result result = outcome(image, Objects.requireNonNull(acknowledged.get(source)));
    append(journal, String.join("\t", END, "" + number, result.line()));
    if (result.outcome().isAllowed()) {
      Trial.delete(image);
    }
  }

  private Result outcome(Path image, long acknowledged) throws IOException {
    Map<Path, byte[]> before = files(image);
    try {
      return examine(image, acknowledged);
    } catch (StoreException.LostAcknowledged refusal) {
      for (Map.Entry<Path, byte[]> file : before.entrySet()) {
        if (!Files.exists(file.getKey())
            || !Arrays.equals(file.getValue(), Files.readAllBytes(file.getKey()))) {
          return new Result(Outcome.TOUCHED, file.getKey() + " after " + refusal.getMessage());
        }
      }
      return Result.refused(refusal);
    } catch (StoreException refusal) {
      return Result.refused(refusal);
    } catch (RuntimeException | Error failure) {
      return new Result(
          Outcome.UNTYPED, failure + " at " + Arrays.toString(failure.getStackTrace()));
    }
  }

  private Map<Path, byte[]> files(Path image) throws IOException {
    Map<Path, byte[]> contents = new HashMap<>();
    try (Stream<Path> files = Files.walk(image)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!stores.isScratch(file)) {
          contents.put(file, Files.readAllBytes(file));
        }
      }
    }
    return contents;
  }

  /** Reads everything, writes a batch, and reads everything again after opening again. */
  private Result examine(Path image, long acknowledged) {
    long held;
    try (ChangeStore store = stores.open(image)) {
      held = Script.batches(store);
      Result read = read(store, held, acknowledged);
      if (read.outcome() != Outcome.SAME) {
        return read;
      }
      store.commit(new Script(seed, 0).batch(held + 1));
      Result written = read(store, held + 1, acknowledged + 1);
      if (written.outcome() != Outcome.SAME) {
        return written;
      }
    }
    try (ChangeStore store = stores.open(image)) {
      return read(store, held + 1, acknowledged + 1);
    }
  }

  /** Compares everything with what a store holds of so many batches, or of one more. */
  private Result read(ChangeStore store, long held, long acknowledged) {
    // Of the killed store, the batch that was under way may be there.
    long batches = held == acknowledged + 1 ? held : acknowledged;
    Answers answers = Answers.of(store, batches);
    Answers right = expected.computeIfAbsent(batches, n -> Answers.of(new Script(seed, 0), n));
    Optional<Answers.Difference> difference = answers.differenceTo(right);
    if (difference.isPresent()) {
      boolean lost = held < acknowledged || difference.get().onlyLess();
      return new Result(lost ? Outcome.LOST : Outcome.WRONG, difference.get().what());
    }
    StoreCheck check = store.verify();
    if (answers.refusals().isEmpty()) {
      return new Result(Outcome.SAME, check.isSound() ? "" : "but " + check.damages().get(0));
    }
    Map.Entry<String, StoreException> refusal = answers.refusals().entrySet().iterator().next();
    return check.isSound()
        ? new Result(Outcome.WRONG, "verify finds nothing, but refused: " + refusal)
        : new Result(
            Outcome.TYPED,
            refusal.getValue().code() + " " + refusal.getKey() + ": " + refusal.getValue());
  }

  private static void append(FileChannel journal, String line) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
    while (bytes.hasRemaining()) {
      journal.write(bytes);
    }
  }
}
