package dev.plait.properties.store.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * A store on a disk that gets full, twice: a commit that finds no room is refused with STORE_FULL,
 * all that was acknowledged can be read, and as soon as there is room the same open store takes
 * writes again; so does one that was closed and opened again.
 *
 * <p>The disk is a file system in memory that only the process of the test sees. Where the machine
 * does not let it be mounted, the test is skipped and says so.
 */
public abstract class FullDisk {

  private static final String MOUNT =
      "mount -t tmpfs -o size=8m plait \"$1\" && shift && exec \"$@\"";

  /** As who we are; else as root of a user namespace. */
  private static final List<String> NAMESPACES = List.of("-m", "-Urm");

  /** For those who extend it. */
  protected FullDisk() {}

  /** Which store is put to the test. */
  protected abstract Class<? extends StoreFactory> factory();

  @Test
  void aFullDiskLosesNothingAndEndsWhenThereIsRoom() throws Exception {
    Trial trial = Trial.of("full disk", factory());
    Path disk = trial.place("disk");
    Optional<List<String>> mount = mount(disk);
    if (mount.isEmpty()) {
      trial.succeed();
      System.out.println("  skipped: this machine lets no file system be mounted here");
    }
    Assumptions.assumeTrue(mount.isPresent(), "a file system of a few megabytes can be mounted");
    ChildJvm.Ended ended =
        ChildJvm.run(
            trial.work(),
            mount.get(),
            FullDiskProcess.class,
            factory().getName(),
            disk,
            trial.seed());
    ended.lines().forEach(System.out::println);
    assertEquals(0, ended.status(), trial::toString);
    assertEquals(
        FullDiskProcess.DONE, ended.lines().get(ended.lines().size() - 1), trial::toString);
    trial.succeed();
  }

  /** A command that mounts the disk for the command behind it, if there is one that works here. */
  private static Optional<List<String>> mount(Path disk) throws InterruptedException {
    for (String namespace : NAMESPACES) {
      List<String> command =
          List.of("unshare", namespace, "/bin/sh", "-c", MOUNT, "sh", disk.toString());
      if (works(command)) {
        return Optional.of(command);
      }
    }
    return Optional.empty();
  }

  private static boolean works(List<String> before) throws InterruptedException {
    List<String> command = new ArrayList<>(before);
    command.add("true");
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }
}
