package dev.plait.storage.sqlite;

import dev.plait.properties.defect.Defect;
import dev.plait.properties.defect.DefectContract;
import dev.plait.properties.defect.Suspect;
import java.nio.file.Path;
import java.util.List;

/** Mistakes of a store that the tests here have to notice. */
class PlantedDefectsTest extends DefectContract {
  private static final Path STORE = Path.of("src/main/java/dev/plait/storage/sqlite");
  private static final String TESTS = "dev.plait.storage.sqlite.";

  @Override
  protected List<Defect> defects() {
    return List.of(
        // A commit returns when the log has been written, not when it is on the disk.
        new Defect(
            "acknowledged before sync",
            STORE.resolve("Connections.java"),
            "case FULL -> \"2\";",
            "case FULL -> \"1\";",
            Suspect.test(TESTS + "SqliteDurabilityTest", "theConnectionsSyncAsPromised"),
            "expected: <2> but was: <1>"),
        // What a write failed with is noted down, and whoever commits is told that it is done.
        new Defect(
            "write error swallowed",
            Path.of("../storage-guard/src/main/java/dev/plait/storage/guard/GroupCommit.java"),
            "    if (failure != null) {\n      throw failure;\n    }\n",
            "",
            Suspect.test(
                TESTS + "SqliteDurabilityTest",
                "afterAFailureOfTheDiskNothingIsWrittenUntilTheStoreIsOpenedAgain"),
            "nothing was thrown"),
        // The chunks of a batch are committed before the rest of it is written.
        new Defect(
            "batch not atomic",
            STORE.resolve("Writer.java"),
            "    for (Chunk chunk : batch.merged()) {",
            """
                commit.execute();
                begin.execute();
                for (Chunk chunk : batch.merged()) {\
            """,
            Suspect.test(
                TESTS + "SqliteDurabilityTest", "aFailureInTheMiddleOfABatchLeavesNothing"),
            "the store is damaged"),
        // A record is handed out without a look at its checksum.
        new Defect(
            "checksum not verified",
            STORE.resolve("ChunkTable.java"),
            "record.length < HEAD_BYTES || key.crc(first, last, record) != SqliteLayout.crc(sum)",
            "record.length < HEAD_BYTES",
            Suspect.test(TESTS + "SqliteDamageTest", "aChangedColumnIsFoundWhenTheRowIsRead"),
            "nothing was thrown"));
  }

  @Override
  protected String prefix() {
    return "dev.plait.";
  }
}
