package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.codec.ProtocolException;
import org.junit.jupiter.api.function.Executable;

/** Expectations that several tests share. */
final class Expect {
  private Expect() {}

  static void refused(String code, Executable decoding) {
    ProtocolException refusal = assertThrows(ProtocolException.class, decoding);
    assertEquals(code, refusal.code(), refusal.getMessage());
  }

  /** Refused as a mistake of the caller, with this in the message. */
  static void mistake(String words, Executable encoding) {
    String message = assertThrows(IllegalArgumentException.class, encoding).getMessage();
    assertTrue(message != null && message.contains(words), message);
  }
}
