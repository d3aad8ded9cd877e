package dev.plait.bench;

/**
 * The plainest text that can be edited: the floor that others are compared with. It knows nothing
 * of identities and can't be merged. Not thread-safe.
 */
final class GapBuffer {
  private char[] units = new char[16];
  private int gap;
  private int gapEnd = units.length;

  /** Replaces {@code deleted} units from {@code position} on. */
  void splice(int position, int deleted, String inserted) {
    moveGap(position);
    gapEnd += deleted;
    int count = inserted.length();
    if (count > gapEnd - gap) {
      grow(count);
    }
    inserted.getChars(0, count, units, gap);
    gap += count;
  }

  private void moveGap(int position) {
    int distance = position - gap;
    if (distance < 0) {
      System.arraycopy(units, position, units, gapEnd + distance, -distance);
    } else {
      System.arraycopy(units, gapEnd, units, gap, distance);
    }
    gap = position;
    gapEnd += distance;
  }

  private void grow(int count) {
    int behind = units.length - gapEnd;
    char[] larger = new char[2 * (gap + count + behind)];
    System.arraycopy(units, 0, larger, 0, gap);
    System.arraycopy(units, gapEnd, larger, larger.length - behind, behind);
    gapEnd = larger.length - behind;
    units = larger;
  }

  @Override
  public String toString() {
    return new StringBuilder()
        .append(units, 0, gap)
        .append(units, gapEnd, units.length - gapEnd)
        .toString();
  }
}
