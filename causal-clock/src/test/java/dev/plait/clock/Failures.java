package dev.plait.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** Asserts that a call fails for the expected reason. */
final class Failures {

  private Failures() {}

  static void assertCode(String code, Executable call) {
    assertEquals(code, assertThrows(ClockException.class, call).code());
  }
}
