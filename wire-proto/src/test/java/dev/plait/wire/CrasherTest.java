package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What once was neither refused nor taken whole, replayed for ever. A file is named after the
 * subject it is for, as in {@code join.element-in-two-containers.hex}, and holds hexadecimal
 * digits.
 */
class CrasherTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "crashers");

  private static List<Path> files() throws IOException {
    if (!Files.isDirectory(FOLDER)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".hex")).sorted().toList();
    }
  }

  @TestFactory
  List<DynamicTest> crashersStayMended() throws IOException {
    List<Path> files = files();
    System.out.println("fuzz: " + files.size() + " crashers replayed");
    Map<String, List<FuzzSubject>> subjects =
        FuzzSubjects.of(1).stream().collect(Collectors.groupingBy(FuzzSubject::name));
    assertTrue(subjects.containsKey("chunk"));
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    String.valueOf(file.getFileName()), () -> replay(file, subjects)))
        .toList();
  }

  private static void replay(Path file, Map<String, List<FuzzSubject>> subjects)
      throws IOException {
    String name = String.valueOf(file.getFileName());
    List<FuzzSubject> named = subjects.get(name.substring(0, name.indexOf('.')));
    assertNotNull(named, () -> name + " is for none of " + subjects.keySet());
    byte[] input = HexFormat.of().parseHex(Files.readString(file).replaceAll("\\s", ""));
    for (FuzzSubject subject : named) {
      subject.take(input);
    }
  }
}
