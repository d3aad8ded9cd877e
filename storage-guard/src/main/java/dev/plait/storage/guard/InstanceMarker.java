package dev.plait.storage.guard;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How far an instance has come, written where no copy of the store takes it along: a small file
 * named after the instance.
 */
final class InstanceMarker implements AutoCloseable {

  private static final int BYTES = Long.BYTES + Integer.BYTES;

  private final RandomAccessFile file;

  private InstanceMarker(RandomAccessFile file) {
    this.file = file;
  }

  /** The marker of an instance, made if it is missing. */
  static InstanceMarker open(Path directory, Head head) throws IOException {
    Files.createDirectories(directory);
    return new InstanceMarker(new RandomAccessFile(pathOf(directory, head).toFile(), "rw"));
  }

  /** Whether the marker says that its instance was this far at most; if it says nothing, no. */
  static boolean vouchesFor(Path directory, Head head) throws IOException {
    Path path = pathOf(directory, head);
    if (!Files.exists(path)) {
      return false;
    }
    ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(path));
    return buffer.limit() == BYTES
        && buffer.getInt(Long.BYTES) == crc(head, buffer.getLong(0))
        && buffer.getLong(0) <= head.commits();
  }

  void write(Head head) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    buffer.putLong(head.commits()).putInt(crc(head, head.commits()));
    file.seek(0);
    file.write(buffer.array());
  }

  void sync() throws IOException {
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  static void closeUnlessNull(@Nullable InstanceMarker marker) throws IOException {
    if (marker != null) {
      marker.close();
    }
  }

  private static Path pathOf(Path directory, Head head) {
    return directory.resolve(hex(head.instanceHigh()) + hex(head.instanceLow()));
  }

  private static String hex(long half) {
    String digits = Long.toHexString(half);
    return "0".repeat(16 - digits.length()) + digits;
  }

  private static int crc(Head head, long commits) {
    CRC32C crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(3 * Long.BYTES)
            .putLong(head.instanceHigh())
            .putLong(head.instanceLow())
            .putLong(commits)
            .flip());
    return (int) crc.getValue();
  }
}
