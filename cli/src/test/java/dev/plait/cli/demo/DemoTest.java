package dev.plait.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.cli.Plait;
import dev.plait.replica.Replica;
import dev.plait.storage.sqlite.SqliteStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class DemoTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int demo(String... arguments) {
    CommandLine plait = Plait.commandLine();
    plait.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = new String[arguments.length + 1];
    all[0] = "demo";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return plait.execute(all);
  }

  @Test
  void threeFilesEndWithTheSameStateAndTheStorySaysSo(@TempDir Path directory) {
    assertEquals(0, demo("--data", directory.toString()), err::toString);

    Set<Long> hashes = new HashSet<>();
    for (String person : Cast.PEOPLE) {
      try (var store = SqliteStore.open(Cast.fileOf(directory, person));
          var replica = Replica.builder().store(store).build()) {
        hashes.add(replica.document(Participant.DOCUMENT).stateHash());
      }
    }
    assertEquals(1, hashes.size());
    String hash = Long.toHexString(hashes.iterator().next());
    assertEquals(3, out.toString().lines().filter(line -> line.contains(hash)).count());
  }

  @Test
  void storyIsTheSameEachTime(@TempDir Path one, @TempDir Path other) {
    demo("--data", one.toString());
    String first = out.toString().replace(one.toString(), "DIR");
    out.getBuffer().setLength(0);
    demo("--data", other.toString());

    assertEquals(first, out.toString().replace(other.toString(), "DIR"));
  }

  @Test
  void everyConflictIsToldWithItsRule(@TempDir Path directory) {
    demo("--data", directory.toString());

    assertEquals(6, out.toString().lines().filter(line -> line.startsWith("    rule: ")).count());
    assertTrue(out.toString().contains("word for word"));
    assertTrue(
        out.toString().lines().allMatch(line -> line.length() <= 78 || line.contains(".db")));
    assertFalse(out.toString().contains("\u001b"));
  }

  @Test
  void directoryOfAnEarlierDemoIsRefusedAndLeftAlone(@TempDir Path directory) throws Exception {
    Path file = Cast.fileOf(directory, "Ben");
    Files.writeString(file, "mine");

    assertEquals(2, demo("--data", directory.toString()));

    assertEquals("mine", Files.readString(file));
    assertEquals(1, err.toString().lines().count());
    assertTrue(err.toString().contains("ben.db"));
  }
}
