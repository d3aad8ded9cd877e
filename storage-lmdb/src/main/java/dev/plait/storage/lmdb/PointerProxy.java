package dev.plait.storage.lmdb;

import java.util.Comparator;
import jnr.ffi.Pointer;
import net.openhft.chronicle.bytes.PointerBytesStore;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.BufferProxy;

/**
 * Hands keys and values to LMDB and back without a copy: a buffer is an address and a length. What
 * LMDB gives is a view into its map, valid until the transaction ends or writes again.
 */
final class PointerProxy extends BufferProxy<PointerBytesStore> {

  static {
    Chronicle.load();
  }

  @Override
  protected PointerBytesStore allocate() {
    return view();
  }

  /** A view of nothing yet. */
  static PointerBytesStore view() {
    PointerBytesStore view = new PointerBytesStore();
    view.singleThreadedCheckDisabled(true);
    return view;
  }

  /** Nothing to do: a view owns no memory. */
  @Override
  protected void deallocate(PointerBytesStore buffer) {}

  @Override
  protected byte[] getBytes(PointerBytesStore buffer) {
    byte[] bytes = new byte[Math.toIntExact(buffer.capacity())];
    buffer.read(0, bytes, 0, bytes.length);
    return bytes;
  }

  @Override
  protected @Nullable Pointer in(PointerBytesStore buffer, Pointer value) {
    value.putLong(STRUCT_FIELD_OFFSET_SIZE, buffer.capacity());
    value.putLong(STRUCT_FIELD_OFFSET_DATA, buffer.addressForRead(0));
    return null;
  }

  @Override
  protected @Nullable Pointer in(PointerBytesStore buffer, int size, Pointer value) {
    value.putLong(STRUCT_FIELD_OFFSET_SIZE, size);
    return null;
  }

  @Override
  protected PointerBytesStore out(PointerBytesStore buffer, Pointer value) {
    buffer.set(value.getLong(STRUCT_FIELD_OFFSET_DATA), value.getLong(STRUCT_FIELD_OFFSET_SIZE));
    return buffer;
  }

  @Override
  protected Comparator<PointerBytesStore> getSignedComparator() {
    return PointerProxy::compare;
  }

  @Override
  protected Comparator<PointerBytesStore> getUnsignedComparator() {
    return PointerProxy::compare;
  }

  private static int compare(PointerBytesStore left, PointerBytesStore right) {
    long shared = Math.min(left.capacity(), right.capacity());
    for (long i = 0; i < shared; i++) {
      int difference = (left.readByte(i) & 0xff) - (right.readByte(i) & 0xff);
      if (difference != 0) {
        return difference;
      }
    }
    return Long.compare(left.capacity(), right.capacity());
  }
}
