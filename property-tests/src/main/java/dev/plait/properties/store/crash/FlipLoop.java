package dev.plait.properties.store.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Copies of a store are damaged at random and opened: a bit flipped, a block zeroed, a file cut
 * short, missing, or exchanged for that of another store. Half of the copies are of a store that
 * was closed, half of one whose process was killed. Allowed is that the copy holds exactly what was
 * written, also after another batch and opening again, or that a {@code StoreException} says what
 * is wrong while everything else is right. Forbidden are wrong data, silent loss, files touched
 * after a loss was noticed, any other exception, a dead process and one that hangs.
 *
 * <p>300 images, 3000 with the system property {@code plait.long}, opened in processes of their
 * own; a table of what became of them is printed. Forbidden ones are kept.
 */
public abstract class FlipLoop {

  private static final int IMAGES = Trial.LONG ? 3000 : 300;
  private static final int BATCHES = 40;
  private static final int HANG = 60; // seconds without a sign of life

  /** For those who extend it. */
  protected FlipLoop() {}

  /** Which store is put to the test. */
  protected abstract Class<? extends StoreFactory> factory();

  @Test
  void damageIsNoticedOrDoesNotMatter() throws Exception {
    Trial trial = Trial.of("flip loop", factory());
    long closed = write(trial, ImageProcess.CLEAN, trial.seed(), false);
    long killed = write(trial, ImageProcess.KILLED, trial.seed(), true);
    write(trial, ImageProcess.FOREIGN, trial.seed() + 1, true);
    OutcomeTable table = new OutcomeTable();
    int next = 0;
    while (next < IMAGES) {
      next = open(trial, closed, killed, next, table);
    }
    System.out.println(table.text());
    assertEquals(IMAGES, table.images(), trial::toString);
    assertTrue(table.forbidden().isEmpty(), () -> table.forbidden(trial));
    trial.succeed();
  }

  /** Has a store written; the number of its last acknowledged batch. */
  private long write(Trial trial, String name, long seed, boolean killed)
      throws IOException, InterruptedException {
    Process writer =
        ChildJvm.start(
            trial.work(),
            List.of(),
            WriterProcess.class,
            factory().getName(),
            trial.place(name),
            seed,
            killed ? Long.MAX_VALUE : BATCHES,
            false);
    long acknowledged = 0;
    try (BufferedReader output = writer.inputReader()) {
      Optional<String> line = Optional.ofNullable(output.readLine());
      while (line.isPresent()) {
        if (line.get().startsWith(WriterProcess.ACK)) {
          acknowledged = Long.parseLong(line.get().substring(WriterProcess.ACK.length()));
        }
        if (killed && acknowledged == BATCHES) {
          // Not Process.destroyForcibly, which would throw away what was said last.
          writer.toHandle().destroyForcibly();
        }
        line = Optional.ofNullable(output.readLine());
      }
    }
    int status = writer.waitFor();
    assertTrue(acknowledged >= BATCHES && (killed || status == 0), trial::toString);
    return acknowledged;
  }

  /** Has images opened from number {@code first} on until one ends the process; the one after. */
  private int open(Trial trial, long closed, long killed, int first, OutcomeTable table)
      throws IOException, InterruptedException {
    Path journal = trial.work().resolve("journal-" + first);
    Process child =
        ChildJvm.start(
            trial.work(),
            List.of(),
            ImageProcess.class,
            factory().getName(),
            trial.work(),
            trial.seed(),
            closed,
            killed,
            first,
            IMAGES,
            journal);
    long seen = -1;
    boolean hangs = false;
    while (!hangs && !child.waitFor(HANG, TimeUnit.SECONDS)) {
      long length = Files.exists(journal) ? Files.size(journal) : 0;
      hangs = length == seen;
      seen = length;
    }
    child.destroyForcibly().waitFor();
    assertTrue(Files.exists(journal), () -> "no image was opened; " + trial);
    return table.read(journal, hangs ? Outcome.HANG : Outcome.CRASH);
  }
}
