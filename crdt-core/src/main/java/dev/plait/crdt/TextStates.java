package dev.plait.crdt;

import dev.plait.value.Unicode;

/** What the state of a text must keep to before anything is built from it. */
final class TextStates {
  private TextStates() {}

  /**
   * Accepts a state whose runs share out its units without cutting a surrogate pair.
   *
   * @throws OperationException MALFORMED_STATE or LONE_SURROGATE
   */
  static void requireWellFormed(State.OfText state) {
    RunColumns runs = state.columns();
    String visible = state.visible();
    long shown = runs.visible();
    if (shown != visible.length()) {
      throw Foreign.malformed(
          "the runs show " + shown + " units, but there are " + visible.length());
    }
    int offset = 0;
    for (int run = 0; run < runs.size(); run++) {
      int start = offset;
      offset += runs.isDeleted(run) ? 0 : runs.length(run);
      boolean cut =
          offset < visible.length()
              && offset > 0
              && Character.isLowSurrogate(visible.charAt(offset));
      if (cut || (run == 0 && Unicode.loneSurrogate(visible) >= 0)) {
        throw new OperationException(
            new Refusal.Invalid(
                Text.LONE_SURROGATE,
                "the run from unit " + start + " on holds half a surrogate pair"));
      }
    }
  }
}
