package dev.plait.cli.node;

import java.util.random.RandomGenerator;

/**
 * What befalls one connection that goes through a {@link ChaosProxy}.
 *
 * @param kind what happens
 * @param afterBytes how many bytes pass in each direction before it does
 */
record Fault(Kind kind, int afterBytes) {
  static final Fault NONE = new Fault(Kind.NONE, 0);

  enum Kind {
    /** Everything passes as it comes. */
    NONE,
    /** Every byte passes alone. */
    SPLIT,
    /** Both ends are closed in good order. */
    CUT,
    /** Both ends are reset, most likely within a frame. */
    RESET,
    /** Nothing more passes from the caller to the callee, and neither is told. */
    HALF_OPEN_UP,
    /** Nothing more passes from the callee to the caller, and neither is told. */
    HALF_OPEN_DOWN,
    /** Nothing more passes until the next turn; then all of it does. */
    DELAY
  }

  static Fault random(RandomGenerator random) {
    Kind[] kinds = Kind.values();
    return new Fault(kinds[random.nextInt(kinds.length)], random.nextInt(4_000));
  }
}
