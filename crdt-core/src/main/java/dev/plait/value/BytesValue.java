package dev.plait.value;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bytes that Plait does not interpret. */
public final class BytesValue implements Value {
  private final byte[] bytes;
  private final int canonicalSize;
  private final int hash;

  BytesValue(byte[] bytes) {
    this.canonicalSize =
        CanonicalSize.checked(1L + CanonicalSize.count(bytes.length) + bytes.length);
    this.bytes = bytes.clone();
    this.hash = Arrays.hashCode(this.bytes);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** How many bytes there are. */
  public int size() {
    return bytes.length;
  }

  /**
   * One byte, without a copy.
   *
   * @param index from 0 to {@code size() - 1}
   * @throws IndexOutOfBoundsException if it is not
   */
  public byte byteAt(int index) {
    return bytes[Objects.checkIndex(index, bytes.length)];
  }

  @Override
  public ValueType type() {
    return ValueType.BYTES;
  }

  @Override
  public int canonicalSize() {
    return canonicalSize;
  }

  @Override
  public byte[] asBytes() {
    return bytes();
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof BytesValue other
        && hash == other.hash
        && Arrays.equals(bytes, other.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The bytes in hexadecimal, as {@code h'00ff'}. */
  @Override
  public String toString() {
    return ValueText.of(this);
  }
}
