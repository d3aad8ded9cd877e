package dev.plait.cli.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.cli.ExitCode;
import dev.plait.cli.Plait;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.replica.Replica;
import dev.plait.store.ChangeStore;
import dev.plait.store.StoreBatch;
import dev.plait.value.Value;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class StoreCommandsTest {
  private static final ReplicaId AUTHOR = ReplicaId.of(7, 7);
  private static final String PLANTED = "a phrase that is easy to find";

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int plait(Object... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    CommandLine command = Plait.commandLine();
    return command
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words);
  }

  private interface Use {
    void of(Replica replica);
  }

  private static void with(Path data, ReplicaId identity, Use use) {
    try (ChangeStore store = new DataDirectory(data).openSqlite()) {
      if (store.identity() == null) {
        store.commit(StoreBatch.builder().identity(identity).build());
      }
      try (Replica replica = Replica.builder().store(store).build()) {
        use.of(replica);
      }
    }
  }

  private Path written() {
    Path data = directory.resolve("written");
    with(
        data,
        AUTHOR,
        replica -> {
          replica.document("notes/1").transact(tx -> tx.text("body").insert(0, PLANTED));
          replica.document("notes/1").transact(tx -> tx.text("body").insert(0, "Again "));
          replica.document("todo\n").transact(tx -> tx.set("tags").add(Value.of("draft")));
        });
    return data;
  }

  @Test
  void aSoundStoreIsVerified() {
    assertEquals(ExitCode.OK, plait("verify", written()), err::toString);
    assertTrue(out.toString().startsWith("sound: 2 documents, 3 records, "), out::toString);
  }

  private static void damage(Path data) throws IOException {
    Path file = data.resolve("plait.db");
    byte[] bytes = Files.readAllBytes(file);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(PLANTED);
    assertTrue(at > 0, "short texts are stored as they are");
    bytes[at] ^= 4;
    Files.write(file, bytes);
  }

  @Test
  void aDamagedStoreIsNotSound() throws IOException {
    Path data = written();
    damage(data);
    assertEquals(ExitCode.CORRUPT, plait("verify", data));
    assertTrue(out.toString().contains("damaged: document \"notes/1\": "), out::toString);
  }

  @Test
  void aChangeThatIsMissingBetweenOthersIsDamage() {
    Path data = directory.resolve("gap");
    with(
        data,
        AUTHOR,
        replica -> {
          for (int i = 0; i < 3; i++) {
            replica.document("d").transact(tx -> tx.text("t").insert(0, "x"));
          }
        });
    Path gap = directory.resolve("with-gap");
    try (ChangeStore from = new DataDirectory(data).openSqlite();
        ChangeStore to = new DataDirectory(gap).openSqlite()) {
      from.readChunks(
          "d",
          VersionVector.EMPTY,
          chunk -> {
            if (chunk.header().firstCounter() != 2) {
              to.commit(StoreBatch.builder().append(chunk).build());
            }
          });
    }
    assertEquals(ExitCode.CORRUPT, plait("verify", gap));
    assertTrue(out.toString().contains("changes 2 to 2 of replica"), out::toString);
  }

  @Test
  void whereNoStoreIsNoneIsMade() throws IOException {
    for (String command : List.of("verify", "inspect")) {
      assertEquals(ExitCode.BAD_INPUT, plait(command, directory));
      assertTrue(err.toString().contains("holds no store"), err::toString);
    }
    try (var files = Files.list(directory)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void anInventoryNamesDocumentsReplicasAndSizes() {
    Path data = written();
    assertEquals(ExitCode.OK, plait("inspect", data));
    List<String> lines = out.toString().lines().toList();
    assertEquals("replica     " + AUTHOR, lines.get(0));
    assertTrue(lines.get(5).startsWith("document"), out::toString);
    assertTrue(lines.get(6).matches("\"notes/1\" +1 +2 +2 +\\d+ +0 +0"), lines.get(6));
    assertTrue(lines.get(7).matches("\"todo\\\\u000a\" +1 +1 +1 +\\d+ +0 +0"), lines.get(7));
    assertEquals(8, lines.size());
  }

  @Test
  void theHistoryOfADocumentIsAChunkALine() {
    assertEquals(ExitCode.OK, plait("inspect", written(), "--prefix", "notes/"));
    assertTrue(out.toString().contains("history of \"notes/1\""), out::toString);
    assertEquals(2, out.toString().lines().filter(l -> l.startsWith(AUTHOR.toString())).count());
  }

  @Test
  void anInventoryAsJsonIsOneObjectOnOneLine() {
    assertEquals(ExitCode.OK, plait("inspect", written(), "--format", "json"));
    String json = out.toString().strip();
    assertEquals(1, json.lines().count());
    assertTrue(json.startsWith("{\"replica\":\"" + AUTHOR + "\",\"former\":[],"), json);
    assertTrue(
        json.contains(
            "{\"document\":\"notes/1\",\"changes\":2,\"replicas\":{\"" + AUTHOR + "\":2}"),
        json);
  }

  @Test
  void whatIsExportedIsImportedElsewhere() {
    Path data = written();
    Path file = directory.resolve("all.zip");
    Path other = directory.resolve("other");
    assertEquals(ExitCode.OK, plait("export", data, file), err::toString);
    assertEquals("2 documents written to " + file, out.toString().strip());
    assertEquals(ExitCode.OK, plait("import", other, file), err::toString);
    assertEquals(
        "2 documents: 3 changes applied, 0 known before, 0 waiting, 0 rejected",
        out.toString().strip());
    assertEquals(ExitCode.OK, plait("import", other, file));
    assertTrue(out.toString().contains("0 changes applied, 3 known before"), out::toString);
    with(
        other,
        AUTHOR,
        replica ->
            assertEquals("Again " + PLANTED, replica.document("notes/1").text("body").toString()));
  }

  @Test
  void whoHoldsTheSameExportsTheSame() throws IOException {
    Path data = written();
    Path file = directory.resolve("one.zip");
    plait("export", data, file);
    Path other = directory.resolve("other");
    plait("import", other, file);
    Path again = directory.resolve("two.zip");
    assertEquals(ExitCode.OK, plait("export", other, again));
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  @Test
  void aStoreOfTheOtherKindExportsTheSame() throws IOException {
    Path data = written();
    Path file = directory.resolve("sqlite.zip");
    plait("export", data, file);
    Path other = directory.resolve("other");
    assertEquals(ExitCode.OK, plait("import", other, file, "--store", "lmdb"), err::toString);
    assertTrue(Files.exists(other.resolve("plait.lmdb").resolve("data.mdb")));
    assertEquals(ExitCode.OK, plait("verify", other), err::toString);
    Path again = directory.resolve("lmdb.zip");
    assertEquals(ExitCode.OK, plait("export", other, again), err::toString);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
    assertEquals(
        ExitCode.OK, plait("import", other, file, "--store", "sqlite"), "what is there goes on");
    assertTrue(out.toString().contains("0 changes applied, 3 known before"), out::toString);
  }

  @Test
  void exportingChangesNothingAndOverwritesNothing() throws IOException {
    Path data = written();
    byte[] before = Files.readAllBytes(data.resolve("plait.db"));
    Path file = directory.resolve("one.zip");
    assertEquals(ExitCode.OK, plait("export", data, file, "--document", "notes/1"));
    assertArrayEquals(before, Files.readAllBytes(data.resolve("plait.db")));
    assertEquals(ExitCode.BAD_INPUT, plait("export", data, file));
    assertTrue(err.toString().contains("name a file that does not exist"), err::toString);
    assertEquals(
        ExitCode.BAD_INPUT,
        plait("export", data, directory.resolve("x.zip"), "--document", "absent"));
    assertTrue(err.toString().contains("no document \"absent\""), err::toString);
  }

  private Path typed(String data, String kind) {
    Path made = directory.resolve(data);
    DataDirectory place = new DataDirectory(made);
    try (ChangeStore store = kind.equals("lmdb") ? place.openLmdb() : place.openSqlite();
        Replica replica = Replica.builder().store(store).build()) {
      for (int i = 0; i < 300; i++) {
        replica.document("notes/1").transact(tx -> tx.text("body").append("x"));
        replica.document("notes/10").transact(tx -> tx.text("body").append("y"));
      }
      replica.document("notes/1").transact(tx -> tx.text("body").delete(0, 200));
      replica.document("todo").transact(tx -> tx.set("tags").add(Value.of("draft")));
    }
    return made;
  }

  private static byte[] shown(Path data, String document) {
    try (ChangeStore store = new DataDirectory(data).openExisting();
        Replica replica = Replica.builder().store(store).build()) {
      return replica.document(document).canonicalBytes();
    }
  }

  private static ReplicaId identity(Path data) {
    try (ChangeStore store = new DataDirectory(data).openExisting()) {
      return Objects.requireNonNull(store.identity());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "lmdb"})
  void compactingKeepsWhatIsShownAndWhoWritesThere(String kind) throws IOException {
    Path data = typed("typed", kind);
    byte[] before = shown(data, "notes/1");
    ReplicaId identity = identity(data);
    assertEquals(ExitCode.OK, plait("compact", data), err::toString);
    List<String> lines = out.toString().lines().toList();
    assertTrue(
        lines.get(0).matches("document +chunks +bytes +chunks now +bytes now .*"), lines.get(0));
    assertTrue(lines.get(1).matches("\"notes/1\" +301 +\\d+ +0 +\\d+ +\\d+"), lines.get(1));
    assertTrue(lines.get(4).matches("all 3 documents +602 +\\d+ +0 +\\d+ +\\d+"), lines.get(4));
    assertTrue(lines.get(6).matches("stored: \\d+ bytes before, \\d+ now"), lines.get(6));
    assertArrayEquals(before, shown(data, "notes/1"));
    assertEquals(identity, identity(data));
    assertEquals(ExitCode.OK, plait("verify", data), out::toString);
    assertEquals(ExitCode.OK, plait("compact", data), "there is nothing left to do");
  }

  @Test
  void onlyTheDocumentOfThisNameIsCompactedOrThoseThatBeginSo() {
    Path data = typed("typed", "sqlite");
    assertEquals(ExitCode.OK, plait("compact", data, "--document", "notes/1", "--format", "json"));
    String json = out.toString().strip();
    assertEquals(1, json.lines().count());
    assertTrue(
        json.startsWith(
            "{\"documents\":[{\"document\":\"notes/1\",\"inDoubt\":false,\"before\":{\"chunks\":301,"),
        json);
    assertFalse(json.contains("notes/10"), json);
    assertEquals(ExitCode.OK, plait("compact", data, "--document", "notes/"));
    assertTrue(out.toString().contains("\"notes/10\""), out::toString);
    assertFalse(out.toString().contains("todo"), out::toString);
    assertEquals(ExitCode.BAD_INPUT, plait("compact", data, "--document", "absent"));
    assertTrue(err.toString().contains("no document whose name is or starts with \"absent\""));
  }

  @Test
  void aStoreThatIsInUseIsNotCompactedAndItIsSaidWhatToDo() {
    Path data = written();
    try (ChangeStore store = new DataDirectory(data).openSqlite()) {
      assertEquals(ExitCode.BAD_INPUT, plait("compact", data));
      assertTrue(err.toString().contains("is open already"), err::toString);
      assertTrue(err.toString().contains("close it there first"), err::toString);
      assertFalse(store.documents("").isEmpty());
    }
  }

  @Test
  void aDamagedStoreIsNotCompacted() throws IOException {
    Path data = written();
    damage(data);
    byte[] before = Files.readAllBytes(data.resolve("plait.db"));
    assertEquals(ExitCode.CORRUPT, plait("compact", data));
    assertTrue(err.toString().contains("damaged: document \"notes/1\": "), err::toString);
    assertTrue(err.toString().contains("plait repair"), err::toString);
    assertArrayEquals(before, Files.readAllBytes(data.resolve("plait.db")));
  }

  @Test
  void whereNothingIsStoredNobodyBeginsToWriteByCompacting() {
    Path data = directory.resolve("empty");
    new DataDirectory(data).openSqlite().close();
    assertEquals(ExitCode.OK, plait("compact", data), err::toString);
    try (ChangeStore store = new DataDirectory(data).openExisting()) {
      assertNull(store.identity());
    }
  }

  private Path doubtful() {
    Path data = typed("doubtful", "sqlite");
    try (ChangeStore store = new DataDirectory(data).openSqlite()) {
      ReplicaId author = Objects.requireNonNull(store.identity());
      store.commit(
          StoreBatch.builder()
              .identity(ReplicaId.of(9, 9))
              .suspect("notes/1", new Dot(author, 1))
              .build());
    }
    return data;
  }

  @Test
  void aDocumentInDoubtIsLeftAsItIsAndTheCommandSaysSo() {
    Path data = doubtful();
    assertEquals(ExitCode.CHECK_FAILED, plait("compact", data), err::toString);
    assertTrue(out.toString().contains("\"notes/1\" (in doubt, left as it is)"), out::toString);
  }

  @Test
  void aDocumentInDoubtIsNotExportedAndTheCommandSaysSo() {
    Path data = doubtful();
    Path file = directory.resolve("all.zip");
    assertEquals(ExitCode.CHECK_FAILED, plait("export", data, file), err::toString);
    assertEquals("2 documents written to " + file, out.toString().strip());
    assertEquals(
        "not exported: \"notes/1\" holds changes of a restored backup that only a peer can settle",
        err.toString().strip());
    Path other = directory.resolve("other");
    assertEquals(ExitCode.OK, plait("import", other, file), err::toString);
    assertEquals(
        "2 documents: 301 changes applied, 0 known before, 0 waiting, 0 rejected",
        out.toString().strip());
  }

  @Test
  void whatIsKeptAsideIsDecodedToo() {
    Path data = written();
    try (ChangeStore store = new DataDirectory(data).openSqlite()) {
      ChunkHeader header =
          new ChunkHeader(
              "notes/1",
              ReplicaId.of(8, 8),
              1,
              1,
              List.of(),
              HybridTimestamp.ZERO,
              HybridTimestamp.MIN_VALID,
              HybridTimestamp.MIN_VALID,
              0);
      store.commit(StoreBatch.builder().quarantine(Chunk.of(header, new byte[] {1, 2, 3})).build());
    }
    assertEquals(ExitCode.CORRUPT, plait("verify", data), out::toString);
    assertTrue(out.toString().contains("can't be decoded"), out::toString);
  }

  @Test
  void anArchiveWithNamesThatNobodyExportedIsRefused() throws IOException {
    Path file = directory.resolve("foreign.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("a%zz.changes"));
      zip.closeEntry();
    }
    assertEquals(ExitCode.BAD_INPUT, plait("import", directory.resolve("new"), file));
    assertTrue(err.toString().contains("this is not what plait export writes"), err::toString);

    byte[] bytes = Files.readAllBytes(file);
    String content = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = content.indexOf("a%zz");
    for (; at > 0; at = content.indexOf("a%zz", at + 1)) {
      bytes[at] = (byte) 0xff; // never part of UTF-8
    }
    Files.write(file, bytes);
    assertEquals(ExitCode.BAD_INPUT, plait("import", directory.resolve("new"), file));
  }

  @Test
  void aFileThatIsNoArchiveIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("note.txt"), "no archive");
    assertEquals(ExitCode.BAD_INPUT, plait("import", directory.resolve("new"), file));
    assertTrue(err.toString().contains("holds no documents"), err::toString);
    assertEquals(
        ExitCode.BAD_INPUT,
        plait("import", directory.resolve("new"), directory.resolve("missing.zip")));
    assertTrue(err.toString().contains("can't be read"), err::toString);
  }
}
