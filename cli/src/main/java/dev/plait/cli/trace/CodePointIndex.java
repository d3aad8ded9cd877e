package dev.plait.cli.trace;

import java.util.Arrays;

/**
 * Turns positions in Unicode code points into positions in UTF-16 units while a text is edited.
 *
 * <p>The two differ only by the surrogate pairs in front, so nothing but the places of pairs is
 * kept: a text without any costs nothing. The places are in a gap buffer, those before the last
 * edit counted from the start of the text, those after it from its end, so that an edit shifts none
 * of them. Converting takes time in the logarithm of the number of pairs; an edit takes time in
 * what it inserts and in the pairs between it and the edit before.
 *
 * <p>One thread at a time.
 */
public final class CodePointIndex {
  /** Places of pairs: [0, before) from the start, [after, places.length) from the end. */
  private int[] places = new int[8];

  private int before;
  private int after = places.length;
  private int length;

  /** The index of a text. */
  public static CodePointIndex of(String text) {
    CodePointIndex index = new CodePointIndex();
    index.insert(0, text);
    return index;
  }

  /** The length of the text in UTF-16 units. */
  public int length() {
    return length;
  }

  /** The length of the text in code points. */
  public int codePoints() {
    return length - pairs();
  }

  /**
   * The position in UTF-16 units of a position in code points.
   *
   * @param position from 0 to {@link #codePoints()}
   */
  public int toUtf16(int position) {
    int low = 0;
    int high = pairs();
    // How many pairs start before the position: the k-th one stands at code point place - k.
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (place(middle) - middle < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return position + low;
  }

  /**
   * Notes an insertion.
   *
   * @param offset where, in UTF-16 units, not inside a pair
   * @param text without lone surrogates
   */
  public void insert(int offset, String text) {
    moveGap(offset);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))) {
        makeRoom();
        places[before++] = offset + i;
      }
    }
    length += text.length();
  }

  /**
   * Notes a deletion.
   *
   * @param offset where, in UTF-16 units; neither end lies inside a pair
   * @param units how many UTF-16 units
   */
  public void delete(int offset, int units) {
    moveGap(offset);
    while (after < places.length && length - places[after] < offset + units) {
      after++;
    }
    length -= units;
  }

  private int pairs() {
    return before + places.length - after;
  }

  private int place(int pair) {
    return pair < before ? places[pair] : length - places[after + pair - before];
  }

  /** Makes the gap stand at an offset of the text. */
  private void moveGap(int offset) {
    while (before > 0 && places[before - 1] >= offset) {
      places[--after] = length - places[--before];
    }
    while (after < places.length && length - places[after] < offset) {
      places[before++] = length - places[after++];
    }
  }

  private void makeRoom() {
    if (before == after) {
      int[] larger = Arrays.copyOf(places, 2 * places.length);
      int rest = places.length - after;
      System.arraycopy(places, after, larger, larger.length - rest, rest);
      after = larger.length - rest;
      places = larger;
    }
  }
}
