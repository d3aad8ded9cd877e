package dev.plait.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreExceptionTest {

  @Test
  void everyTypeHasACodeOfItsOwnAndKeepsMessageAndCause() {
    Exception cause = new Exception("below");
    List<StoreException> all =
        List.of(
            new StoreException.Locked("m", cause),
            new StoreException.NotAStore("m", cause),
            new StoreException.OtherVersion("m", cause),
            new StoreException.Closed("m", cause),
            new StoreException.Busy("m", cause),
            new StoreException.Full("m", cause),
            new StoreException.InputOutput("m", cause),
            new StoreException.Corrupt("m", cause),
            new StoreException.LostAcknowledged("m", cause),
            new StoreException.WrongKey("m", cause),
            new StoreException.NativeUnavailable("m", cause),
            new StoreException.Unstorable("m", cause));
    List<String> codes = new ArrayList<>();
    for (StoreException each : all) {
      codes.add(each.code());
      assertEquals("m", each.getMessage());
      assertSame(cause, each.getCause());
    }
    assertEquals(
        List.of(
            "STORE_LOCKED",
            "NOT_A_STORE",
            "STORE_VERSION",
            "STORE_CLOSED",
            "STORE_BUSY",
            "STORE_FULL",
            "STORE_IO",
            "STORE_CORRUPT",
            "STORE_LOST_ACKNOWLEDGED",
            "STORE_KEY",
            "NATIVE_UNAVAILABLE",
            "UNSTORABLE"),
        codes);
    assertEquals(codes.size(), new HashSet<>(codes).size());
    assertEquals(StoreException.class.getPermittedSubclasses().length, codes.size());
  }
}
