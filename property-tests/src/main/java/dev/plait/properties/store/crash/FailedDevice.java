package dev.plait.properties.store.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.properties.store.StoreSamples;
import dev.plait.store.ChangeStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * A store whose device fails: the commit that meets it is refused with STORE_IO, and so are those
 * after it, for nobody knows what the disk holds; what was acknowledged can be read, and once the
 * store was closed and opened again it takes writes.
 *
 * <p>The device fails where a file gets larger than a shell has allowed the process. Without a
 * shell the test is skipped.
 */
public abstract class FailedDevice {

  private static final Path SHELL = Path.of("/bin/sh");

  /** Some megabytes; blocks are of 512 bytes, and where they are not, of a thousand. */
  private static final String LIMIT = "ulimit -f 16384 && exec \"$@\"";

  /** For those who extend it. */
  protected FailedDevice() {}

  /** Which store is put to the test. */
  protected abstract Class<? extends StoreFactory> factory();

  @Test
  void aFailedDeviceEndsWritingUntilTheStoreIsOpenedAgain() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(SHELL), "a shell limits the size of a file");
    Trial trial = Trial.of("failed device", factory());
    Path place = trial.place("device");
    ChildJvm.Ended ended =
        ChildJvm.run(
            trial.work(),
            List.of(SHELL.toString(), "-c", LIMIT, "sh"),
            FailedDeviceProcess.class,
            factory().getName(),
            place);
    assertEquals(0, ended.status(), trial::toString);
    assertEquals(
        List.of("STORE_IO", "STORE_IO after STORE_IO", "1"), ended.lines(), trial::toString);
    try (ChangeStore store = ChildJvm.factory(factory().getName()).open(place)) {
      assertEquals(1, StoreSamples.chunks(store, "d").size(), trial::toString);
      store.commit(StoreSamples.appending(StoreSamples.chunk("d", 3, 10)));
    }
    trial.succeed();
  }
}
