package dev.plait.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PlaitExceptionTest {

  private static final class TooTall extends PlaitException {
    private static final long serialVersionUID = 1L;

    TooTall(Throwable cause) {
      super("TOO_TALL", "at most two metres fit through the door", cause);
    }
  }

  @Test
  void messageIsForPeopleAndCodeStandsApart() {
    Throwable cause = new IllegalStateException("door");
    PlaitException failure = new TooTall(cause);

    assertEquals("TOO_TALL", failure.code());
    assertEquals("at most two metres fit through the door", failure.getMessage());
    assertSame(cause, failure.getCause());
  }

  @Test
  void printedFormShowsTypeCodeAndMessage() {
    String printed = new TooTall(new IllegalStateException("door")).toString();

    assertTrue(
        printed.endsWith("TooTall [TOO_TALL]: at most two metres fit through the door"), printed);
  }
}
