package dev.plait.crdt;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What turns one text into another, as little as can be afforded.
 *
 * <p>The common beginning and end are left alone. What lies between is compared by code points if
 * that is affordable, and then the outcome is as small as possible (Myers, "An O(ND) Difference
 * Algorithm and Its Variations", 1986). Else it is compared by lines, or by sections where there
 * are too many lines, and what differs is compared again in finer pieces; what is still too much is
 * replaced as a whole. So the work is bounded, whatever the texts.
 */
final class TextDiff {
  /** Comparing this many pieces takes a fraction of a second at worst. */
  private static final int MAX_PIECES = 8192;

  /** As many comparisons of that size. */
  private static final int MAX_COMPARISONS = 4;

  private final String before;
  private final String after;
  private final DeltaBuilder<String, TextDelta> delta = TextDelta.builder();
  private final Map<String, Integer> names = new HashMap<>();
  private long effort = (long) MAX_COMPARISONS * MAX_PIECES * MAX_PIECES;

  /** What texts are compared by. */
  private enum Grain {
    CODE_POINTS,
    LINES,
    /** About a thousand units, cut where a few units in a row happen to say so. */
    SECTIONS
  }

  /** Part of each text. */
  private record Span(int from, int to, int newFrom, int newTo) {
    int length() {
      return to - from;
    }

    int newLength() {
      return newTo - newFrom;
    }
  }

  /** A part of a text, cut: where pieces start and the last one ends, and a name for each. */
  private record Pieces(List<Integer> bounds, List<Integer> names) {}

  private TextDiff(String before, String after) {
    this.before = before;
    this.after = after;
  }

  /** The delta from one text to another, both well-formed. */
  static TextDelta between(String before, String after) {
    TextDiff diff = new TextDiff(before, after);
    diff.compare(new Span(0, before.length(), 0, after.length()), List.of(Grain.values()));
    return diff.delta.build();
  }

  /** Adds what happens to a span; goes no deeper than there are grains. */
  private void compare(Span span, List<Grain> grains) {
    int same = commonStart(span);
    Span rest = new Span(span.from + same, span.to, span.newFrom + same, span.newTo);
    int sameEnd = commonEnd(rest);
    Span middle = new Span(rest.from, rest.to - sameEnd, rest.newFrom, rest.newTo - sameEnd);
    delta.retain(same);
    if (middle.length() == 0 || middle.newLength() == 0 || !compareByAny(middle, grains)) {
      delta.insert(after.substring(middle.newFrom, middle.newTo)).delete(middle.length());
    }
    delta.retain(sameEnd);
  }

  /** Compares by the first of these grains that is affordable; false if none is. */
  private boolean compareByAny(Span span, List<Grain> grains) {
    for (Grain grain : grains) {
      // No code point has more than two units, so these are too many for certain.
      boolean tooLong =
          grain == Grain.CODE_POINTS && span.length() + span.newLength() > 2 * MAX_PIECES;
      if (!tooLong && compareBy(span, grain, grains)) {
        return true;
      }
    }
    return false;
  }

  private boolean compareBy(Span span, Grain grain, List<Grain> grains) {
    Pieces old = cut(before, span.from, span.to, grain);
    Pieces young = cut(after, span.newFrom, span.newTo, grain);
    long count = (long) old.names.size() + young.names.size();
    if (count > MAX_PIECES || count * count > effort) {
      return false;
    }
    effort -= count * count;
    List<Grain> finer = new ArrayList<>(grains);
    finer.remove(grain);
    int done = 0;
    for (Span changed : changes(old, young)) {
      int from = old.bounds.get(changed.from);
      int to = old.bounds.get(changed.to);
      int newFrom = young.bounds.get(changed.newFrom);
      int newTo = young.bounds.get(changed.newTo);
      delta.retain(from - span.from - done);
      done = to - span.from;
      if (grain == Grain.CODE_POINTS) {
        delta.insert(after.substring(newFrom, newTo)).delete(to - from);
      } else {
        compare(new Span(from, to, newFrom, newTo), finer);
      }
    }
    delta.retain(span.length() - done);
    return true;
  }

  /** The spans of pieces that differ, from left to right, none directly after another. */
  private static List<Span> changes(Pieces old, Pieces young) {
    List<Change> found =
        new MyersDiffWithLinearSpace<Integer>().computeDiff(old.names, young.names, null);
    List<Span> changes = new ArrayList<>();
    for (Change change : found) {
      Span last = changes.isEmpty() ? null : changes.get(changes.size() - 1);
      if (last != null && last.to == change.startOriginal && last.newTo == change.startRevised) {
        changes.set(
            changes.size() - 1,
            new Span(last.from, change.endOriginal, last.newFrom, change.endRevised));
      } else {
        changes.add(
            new Span(
                change.startOriginal, change.endOriginal, change.startRevised, change.endRevised));
      }
    }
    return changes;
  }

  private Pieces cut(String text, int from, int to, Grain grain) {
    Pieces pieces = new Pieces(new ArrayList<>(), new ArrayList<>());
    int start = from;
    int hash = 0;
    pieces.bounds.add(from);
    for (int i = from; i < to; i++) {
      char unit = text.charAt(i);
      // What stands further back than eight units has been shifted out.
      hash = (hash << 4) + unit * 0x9E3779B9;
      boolean ends =
          switch (grain) {
            case CODE_POINTS -> !Character.isHighSurrogate(unit);
            case LINES -> unit == '\n';
            case SECTIONS -> hash >>> 22 == 0 && !Character.isHighSurrogate(unit);
          };
      if (ends || i == to - 1) {
        pieces.bounds.add(i + 1);
        pieces.names.add(
            grain == Grain.CODE_POINTS
                ? text.codePointAt(start)
                : name(text.substring(start, i + 1)));
        start = i + 1;
      }
    }
    return pieces;
  }

  private int name(String piece) {
    Integer name = names.putIfAbsent(piece, names.size());
    return name == null ? names.size() - 1 : name;
  }

  private int commonStart(Span span) {
    int most = Math.min(span.length(), span.newLength());
    int same = 0;
    while (same < most && before.charAt(span.from + same) == after.charAt(span.newFrom + same)) {
      same++;
    }
    boolean splits = same > 0 && Character.isHighSurrogate(before.charAt(span.from + same - 1));
    return splits ? same - 1 : same;
  }

  private int commonEnd(Span span) {
    int most = Math.min(span.length(), span.newLength());
    int same = 0;
    while (same < most
        && before.charAt(span.to - same - 1) == after.charAt(span.newTo - same - 1)) {
      same++;
    }
    boolean splits = same > 0 && Character.isLowSurrogate(before.charAt(span.to - same));
    return splits ? same - 1 : same;
  }
}
