package dev.plait.cli.store;

/** Numbers of things, in words that fit the number. */
public final class Counted {
  private Counted() {}

  /** Such as "1 change" or "2 changes". */
  public static String of(long number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
