package dev.plait.crdt;

import dev.plait.sequence.Glue;
import dev.plait.sequence.Sequence;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The UTF-16 units of a text, by element: what spans would otherwise have to point to.
 *
 * <p>Units never move and stay where they are when they are deleted, so a deletion can be taken
 * back. Pages come into being when a unit of theirs does; one of units that fit into a byte, as
 * most are, takes a byte for each. Not thread-safe.
 */
final class TextUnits implements Glue {
  private static final int PAGE_BITS = 8;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int PAGE_MASK = PAGE - 1;
  private static final int MAX_BYTE = 0xff;

  /** Each null, a {@code byte[]} or a {@code char[]}. */
  private @Nullable Object[] pages = {};

  private boolean wide;
  private boolean pairs;

  /** Keeps the units of a text from one index up to, not including, another. */
  void put(int first, String text, int from, int to) {
    int element = first;
    int next = from;
    while (next < to) {
      int place = element & PAGE_MASK;
      int count = Math.min(PAGE - place, to - next);
      putIntoPage(element >> PAGE_BITS, place, text, next, count);
      element += count;
      next += count;
    }
  }

  /** Keeps the units of a sequence of characters, as {@link #put(int, String, int, int)}. */
  void put(int first, CharSequence text, int from, int to) {
    if (to - from == 1) {
      put(first, text.charAt(from));
    } else {
      put(first, text.subSequence(from, to).toString(), 0, to - from);
    }
  }

  /** Keeps one unit. */
  void put(int element, char unit) {
    if (unit <= MAX_BYTE && page(element >> PAGE_BITS) instanceof byte[] bytes) {
      bytes[element & PAGE_MASK] = (byte) unit;
    } else {
      put(element, String.valueOf(unit), 0, 1);
    }
  }

  private void putIntoPage(int number, int place, String text, int from, int count) {
    Object page = page(number);
    if (page instanceof byte[] && !fitsBytes(text, from, count)) {
      page = widen(number, (byte[]) page);
    }
    if (page instanceof byte[] bytes) {
      copyLowBytes(text, from, count, bytes, place);
    } else {
      text.getChars(from, from + count, (char[]) page, place);
    }
  }

  /** The quickest copy there is, of units that are known to fit. */
  @SuppressWarnings("deprecation")
  private static void copyLowBytes(String text, int from, int count, byte[] into, int place) {
    text.getBytes(from, from + count, into, place);
  }

  private static boolean fitsBytes(String text, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (text.charAt(i) > MAX_BYTE) {
        return false;
      }
    }
    return true;
  }

  private char[] widen(int number, byte[] bytes) {
    char[] chars = new char[PAGE];
    for (int i = 0; i < PAGE; i++) {
      chars[i] = (char) (bytes[i] & MAX_BYTE);
    }
    pages[number] = chars;
    wide = true;
    return chars;
  }

  private Object page(int number) {
    if (number >= pages.length) {
      pages = Arrays.copyOf(pages, Math.max(number + 1, pages.length + (pages.length >> 1)));
    }
    Object page = pages[number];
    if (page == null) {
      page = new byte[PAGE];
      pages[number] = page;
    }
    return page;
  }

  /** Notes that a text holds surrogates; it costs a look at each unit, so it is done once. */
  void noteSurrogates(String text) {
    for (int i = 0; !pairs && i < text.length(); i++) {
      pairs = Character.isSurrogate(text.charAt(i));
    }
  }

  /** The unit of an element that was put. */
  char get(int element) {
    Object page = pages[element >> PAGE_BITS];
    return page instanceof byte[] bytes
        ? (char) (bytes[element & PAGE_MASK] & MAX_BYTE)
        : ((char[]) page)[element & PAGE_MASK];
  }

  @Override
  public boolean isPossible() {
    return pairs;
  }

  @Override
  public boolean isGlued(int element, int next) {
    return Character.isSurrogatePair(get(element), get(next));
  }

  /** The visible units from one position up to, not including, another. */
  String read(Sequence sequence, int from, int to) {
    if (wide) {
      char[] units = new char[to - from];
      int[] end = new int[1];
      sequence.forEachVisible(
          from,
          to,
          (first, count) -> {
            copy(first, count, units, end[0]);
            end[0] += count;
          });
      return new String(units);
    }
    byte[] units = new byte[to - from];
    int[] end = new int[1];
    sequence.forEachVisible(
        from,
        to,
        (first, count) -> {
          copy(first, count, units, end[0]);
          end[0] += count;
        });
    return new String(units, StandardCharsets.ISO_8859_1);
  }

  private void copy(int first, int count, byte[] into, int at) {
    int element = first;
    int place = at;
    int left = count;
    while (left > 0) {
      int offset = element & PAGE_MASK;
      int part = Math.min(PAGE - offset, left);
      byte[] page = (byte[]) page(element >> PAGE_BITS);
      System.arraycopy(page, offset, into, place, part);
      element += part;
      place += part;
      left -= part;
    }
  }

  private void copy(int first, int count, char[] into, int at) {
    for (int i = 0; i < count; i++) {
      into[at + i] = get(first + i);
    }
  }

  /** The units of elements with consecutive ints. */
  String text(int first, int count) {
    char[] units = new char[count];
    copy(first, count, units, 0);
    return new String(units);
  }
}
