package dev.plait.storage.guard;

import dev.plait.store.Durability;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One writing of a head.
 *
 * @param serial counts the writings; its lowest bit says which slot it is in
 * @param head what was written
 * @param file the file it was written to, as the one who adopted it saw it
 */
record HeadSlot(long serial, Head head, FileMark file) {

  static final int BYTES = 128;

  /** Apart by a block, so that no torn write of a disk's takes both. */
  static final int DISTANCE = 4096;

  /** "plaithd" and the version of the layout. */
  private static final long MAGIC = 0x706c616974686401L;

  private static final List<Durability> DURABILITIES =
      List.of(Durability.FULL, Durability.RELAXED, Durability.NONE);

  private static final int CHECKED = BYTES - Integer.BYTES;

  static int indexOf(long serial) {
    return (int) (serial & 1);
  }

  static long offsetOf(long serial) {
    return (long) indexOf(serial) * DISTANCE;
  }

  HeadSlot next(Head now, FileMark writtenTo) {
    return new HeadSlot(serial + 1, now, writtenTo);
  }

  byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    buffer.putLong(MAGIC).putLong(serial);
    buffer.putLong(head.instanceHigh()).putLong(head.instanceLow()).putLong(head.commits());
    buffer.putLong(head.mark()).putLong(head.forced()).putLong(file.value()).put(file.kind());
    buffer.put((byte) (head.clean() ? 1 : 0));
    buffer.put((byte) DURABILITIES.indexOf(head.durability()));
    buffer.putInt(CHECKED, crc(buffer.array()));
    return buffer.array();
  }

  /** What a slot holds, or null if it holds nothing that was written there in full. */
  static @Nullable HeadSlot from(byte[] bytes, int index) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length != BYTES
        || buffer.getLong() != MAGIC
        || buffer.getInt(CHECKED) != crc(bytes)) {
      return null;
    }
    long serial = buffer.getLong();
    long instanceHigh = buffer.getLong();
    long instanceLow = buffer.getLong();
    long commits = buffer.getLong();
    long engineMark = buffer.getLong();
    long forced = buffer.getLong();
    long mark = buffer.getLong();
    FileMark file = new FileMark(buffer.get(), mark);
    boolean clean = buffer.get() == 1;
    int durability = buffer.get();
    if (indexOf(serial) != index
        || commits < 0
        || durability < 0
        || durability >= DURABILITIES.size()) {
      return null;
    }
    Head head =
        new Head(
            instanceHigh, instanceLow, commits, clean, DURABILITIES.get(durability), engineMark, forced);
    return new HeadSlot(serial, head, file);
  }

  private static int crc(byte[] slot) {
    CRC32C crc = new CRC32C();
    crc.update(slot, 0, CHECKED);
    return (int) crc.getValue();
  }
}
