package dev.plait.change;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A run of consecutive changes of one replica as bytes: immutable once made, relayed and stored
 * byte for byte.
 */
public final class Chunk {
  private final ChunkHeader header;
  private final byte[] bytes;

  private Chunk(ChunkHeader header, byte[] bytes) {
    this.header = header;
    this.bytes = bytes;
  }

  /**
   * A chunk over a copy of {@code bytes}.
   *
   * @param header what the bytes say of themselves
   * @param bytes the whole chunk, header included
   */
  public static Chunk of(ChunkHeader header, byte[] bytes) {
    return new Chunk(header, bytes.clone());
  }

  /**
   * A chunk over {@code bytes} themselves, without a copy: for a store or codec that has just made
   * them.
   *
   * @param header what the bytes say of themselves
   * @param bytes the whole chunk, header included; from now on nobody may change them
   */
  public static Chunk over(ChunkHeader header, byte[] bytes) {
    return new Chunk(header, bytes);
  }

  /** What the chunk says of itself in the clear. */
  public ChunkHeader header() {
    return header;
  }

  /** A copy of the whole chunk, header included. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The size of the whole chunk in bytes. */
  public int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof Chunk other && Arrays.equals(bytes, other.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Chunk["
        + header.document()
        + " "
        + header.replica().brief()
        + ":"
        + header.firstCounter()
        + "-"
        + header.lastCounter()
        + ", "
        + bytes.length
        + " bytes]";
  }
}
