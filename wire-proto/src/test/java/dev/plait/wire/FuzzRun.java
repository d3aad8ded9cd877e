package dev.plait.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Damages bytes and hands them to subjects by turns; equal seeds give equal inputs. */
final class FuzzRun {
  private static final Path FAILURES = Path.of("target", "fuzz");

  /** One input of so many is nothing but noise. */
  private static final int NOISE = 50;

  private final long seed;
  private final Collection<List<FuzzSubject>> subjects;
  private final Random random;
  private final Map<String, Map<String, Integer>> counts = new TreeMap<>();
  private int inputs;

  FuzzRun(long seed, List<FuzzSubject> subjects) {
    this.seed = seed;
    this.subjects =
        subjects.stream()
            .collect(Collectors.groupingBy(FuzzSubject::name, TreeMap::new, Collectors.toList()))
            .values();
    this.random = new Random(seed);
  }

  /**
   * Goes on as long as it is told to, round by round; in a round one subject of each name gets its
   * turns.
   */
  void run(BooleanSupplier goesOn) {
    while (goesOn.getAsBoolean()) {
      for (List<FuzzSubject> alike : subjects) {
        FuzzSubject subject = alike.get(random.nextInt(alike.size()));
        for (int i = 0; i < subject.turns(); i++) {
          give(subject, random.nextInt(NOISE) == 0 ? noise() : damaged(subject));
        }
      }
    }
  }

  private byte[] damaged(FuzzSubject subject) {
    byte[] sample = subject.sample(random);
    return subject.damaged(sample, subject.sample(random), random);
  }

  private byte[] noise() {
    byte[] noise = new byte[random.nextInt(60)];
    random.nextBytes(noise);
    return noise;
  }

  private void give(FuzzSubject subject, byte[] input) {
    inputs++;
    String outcome;
    try {
      outcome = subject.take(input);
    } catch (RuntimeException | Error failure) {
      throw new AssertionError(
          subject.name()
              + " failed on input "
              + inputs
              + " of seed "
              + seed
              + ", kept in "
              + keep(subject, input)
              + "; as src/test/resources/crashers/"
              + subject.name()
              + ".WORDS.hex it is replayed for ever",
          failure);
    }
    counts.computeIfAbsent(subject.name(), name -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
  }

  private Path keep(FuzzSubject subject, byte[] input) {
    Path file = FAILURES.resolve(subject.name() + "." + seed + "-" + inputs + ".hex");
    try {
      Files.createDirectories(FAILURES);
      Files.writeString(file, HexFormat.of().formatHex(input));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toAbsolutePath();
  }

  int inputs() {
    return inputs;
  }

  /** How often a subject answered so. */
  int count(String subject, String outcome) {
    return counts.getOrDefault(subject, Map.of()).getOrDefault(outcome, 0);
  }

  /** How often it refused. */
  int refused(String subject) {
    int all =
        counts.getOrDefault(subject, Map.of()).values().stream().mapToInt(count -> count).sum();
    return all - count(subject, FuzzSubject.ACCEPTED);
  }

  /** What was tried and what came of it. */
  String report() {
    StringBuilder report = new StringBuilder("fuzz: seed " + seed + ", " + inputs + " inputs");
    counts.forEach((subject, outcomes) -> report.append("\n  " + subject + " " + outcomes));
    return report.toString();
  }
}
