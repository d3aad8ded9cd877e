package dev.plait.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The target of a coverage-guided fuzzer: the first byte of an input says who takes the rest, and
 * whether that is what stands inflated inside a chunk or snapshot. What {@link FuzzSubject#take}
 * throws is a finding.
 */
public final class StrangersBytesFuzzer {
  private static final long SEED = 1;
  private static final int SAMPLES_EACH = 40;
  private static final List<FuzzSubject> SUBJECTS = FuzzSubjects.oneOfEach(SEED);
  private static final List<byte[]> SAMPLES = samples();

  private StrangersBytesFuzzer() {}

  private static List<byte[]> samples() {
    Random random = new Random(SEED);
    List<byte[]> samples = new ArrayList<>();
    SUBJECTS.forEach(subject -> samples.add(subject.sample(random)));
    return samples;
  }

  /** Takes one input of the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    int choice = (input[0] & 0xff) % (2 * SUBJECTS.size());
    FuzzSubject subject = SUBJECTS.get(choice / 2);
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    Sealed sealed = sealed(subject);
    if (choice % 2 == 0 || sealed == null) {
      subject.take(rest);
    } else {
      subject.take(sealed.close(SAMPLES.get(choice / 2), rest, false));
    }
  }

  private static @Nullable Sealed sealed(FuzzSubject subject) {
    return switch (subject.name()) {
      case "chunk", "chunks" -> Sealed.CHUNK;
      case "snapshot", "join" -> Sealed.SNAPSHOT;
      default -> null;
    };
  }

  /**
   * Writes inputs to begin with.
   *
   * @param args the folder to write them to
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Files.createDirectories(folder);
    Random random = new Random(SEED);
    for (int i = 0; i < SUBJECTS.size(); i++) {
      FuzzSubject subject = SUBJECTS.get(i);
      Sealed sealed = sealed(subject);
      for (int k = 0; k < SAMPLES_EACH; k++) {
        byte[] sample = subject.sample(random);
        boolean inside = sealed != null && k % 2 == 1;
        byte[] rest = sealed != null && inside ? sealed.open(sample) : sample;
        byte[] input = new byte[rest.length + 1];
        input[0] = (byte) (2 * i + (inside ? 1 : 0));
        System.arraycopy(rest, 0, input, 1, rest.length);
        Files.write(folder.resolve(subject.name() + "-" + k), input);
      }
    }
  }
}
