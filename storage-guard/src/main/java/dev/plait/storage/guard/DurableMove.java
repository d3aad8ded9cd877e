package dev.plait.storage.guard;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Puts a whole file in its place: whatever happens meanwhile, the place has what was there before,
 * or all of the new file.
 */
public final class DurableMove {

  private DurableMove() {}

  /**
   * Gives a file the name of another, which it replaces, and forces that to the disk. An
   * interrupted thread does it as any other.
   *
   * @param whole a file whose contents have been forced to the disk
   * @param place a name in the same directory
   */
  public static void move(Path whole, Path place) throws IOException {
    Files.move(whole, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path directory = place.toAbsolutePath().getParent();
    // The name is the directory's; where directories can't be opened, it needs no help.
    if (directory != null && place.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Uninterrupted.run(
          () -> {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
              channel.force(true);
            }
            return directory;
          });
    }
  }
}
