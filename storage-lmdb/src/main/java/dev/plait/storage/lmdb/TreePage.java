package dev.plait.storage.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one branch or leaf page, and what they say. Read {@link PageCheck} for the layout.
 * Not thread-safe; the buffer is used again for the next page.
 *
 * <p>Nothing here trusts the bytes: what depends on a node is asked only after {@link #nodeFault}
 * or {@link #fault} found it within the page.
 */
final class TreePage {

  static final int BRANCH = 1;
  static final int LEAF = 2;
  static final int OVERFLOW = 4;

  /** A node whose value lies on overflow pages. */
  static final int LARGE = 1;

  /** Bytes of a page's header. */
  static final int HEADER = 16;

  /** The longest key the engine writes. */
  static final int LONGEST_KEY = 511;

  private static final int POINTER = 2;
  private static final int NODE = 8;

  private final int size;
  private final ByteBuffer bytes;

  /** For each even offset at which a node begins: where it ends. */
  private final int[] ends;

  /**
   * Of no page yet.
   *
   * @param size bytes of a page
   */
  TreePage(int size) {
    this.size = size;
    this.bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    this.ends = new int[size / 2];
  }

  /** Reads a page; false if the file ends before it does. */
  boolean read(PageFile file, long page) throws IOException {
    return file.read(page * size, bytes);
  }

  long number() {
    return bytes.getLong(0);
  }

  int flags() {
    return u16(10);
  }

  /** How many nodes there are. */
  int count() {
    return (u16(12) - HEADER) / POINTER;
  }

  int keySize(int node) {
    return u16(at(node) + 6);
  }

  int nodeFlags(int node) {
    return u16(at(node) + 4);
  }

  byte[] key(int node) {
    int from = at(node) + NODE;
    return Arrays.copyOfRange(bytes.array(), from, from + keySize(node));
  }

  /** Below zero, zero or above: whether a key comes before another, is it, comes after. */
  int compareKey(int node, byte[] other) {
    int from = at(node) + NODE;
    return Arrays.compareUnsigned(
        bytes.array(), from, from + keySize(node), other, 0, other.length);
  }

  /** The same for two keys of this page. */
  int compareKeys(int node, int other) {
    int from = at(node) + NODE;
    int otherFrom = at(other) + NODE;
    return Arrays.compareUnsigned(
        bytes.array(),
        from,
        from + keySize(node),
        bytes.array(),
        otherFrom,
        otherFrom + keySize(other));
  }

  /** A key of 8 bytes as a number. */
  long keyNumber(int node) {
    return bytes.getLong(at(node) + NODE);
  }

  /** Of a branch: the page below. */
  long child(int node) {
    return valueSize(node) | (long) nodeFlags(node) << 32;
  }

  /** Of a leaf: bytes of the value. */
  long valueSize(int node) {
    return Integer.toUnsignedLong(bytes.getInt(at(node)));
  }

  /** Of a leaf: whether the value lies on overflow pages. */
  boolean isLarge(int node) {
    return nodeFlags(node) == LARGE;
  }

  /** Of a leaf's large value: its first page. */
  long run(int node) {
    return bytes.getLong(at(node) + NODE + keySize(node));
  }

  /** Of a leaf: where in the file the value begins. */
  long valuePosition(long page, int node) {
    return isLarge(node)
        ? run(node) * size + HEADER
        : page * size + at(node) + NODE + keySize(node);
  }

  /** What is wrong with the header and the room it gives out; null if nothing is. */
  @Nullable String headerFault(long page, int kind) {
    if (number() != page) {
      return "header says page " + number();
    }
    if (flags() != kind) {
      return "flags " + flags() + " instead of " + kind;
    }
    int lower = u16(12);
    int upper = u16(14);
    if (lower < HEADER || lower % POINTER != 0 || upper < lower || upper > size) {
      return "free room from " + lower + " to " + upper;
    }
    return null;
  }

  /** What is wrong with one node of a page whose header is sound; null if nothing is. */
  @Nullable String nodeFault(int node) {
    int at = at(node);
    if (at < u16(14) || at % 2 != 0 || at > size - NODE) {
      return "node " + node + " at " + at;
    }
    if (flags() == LEAF && nodeFlags(node) != 0 && nodeFlags(node) != LARGE) {
      return "node " + node + " has flags " + nodeFlags(node) + ", a kind this store never writes";
    }
    if (end(node) > size) {
      return "node " + node + " ends at " + end(node);
    }
    return null;
  }

  /** What is wrong with the page by itself; null if nothing is. */
  @Nullable String fault(long page, int kind) {
    String fault = headerFault(page, kind);
    if (fault != null) {
      return fault;
    }
    Arrays.fill(ends, 0);
    for (int node = 0; node < count(); node++) {
      fault = nodeFault(node);
      if (fault != null) {
        return fault;
      }
      ends[at(node) / 2] = (int) end(node);
    }
    int nodes = 0;
    int at = u16(14);
    while (at < size && ends[at / 2] > at) {
      at = ends[at / 2];
      nodes++;
    }
    return at == size && nodes == count() ? null : "nodes overlap or leave gaps";
  }

  private long end(int node) {
    long end = at(node) + NODE + (long) keySize(node);
    if (flags() == LEAF) {
      end += isLarge(node) ? Long.BYTES : valueSize(node);
    }
    return end + (end & 1);
  }

  private int at(int node) {
    return u16(HEADER + POINTER * node);
  }

  private int u16(int at) {
    return Short.toUnsignedInt(bytes.getShort(at));
  }
}
