package dev.plait.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plait.crdt.EditException;
import dev.plait.error.PlaitException;
import dev.plait.value.Value;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a transaction may not commit because it would not fit a frame. */
final class ChangeSizeTest {
  private final Document document = new Peers().document(1);

  private void assertTooLarge(Executable edits) {
    assertEquals(EditException.VALUE_TOO_LARGE, assertThrows(PlaitException.class, edits).code());
    assertEquals(0, document.roots().size());
  }

  @Test
  void manySmallValuesCountForMoreThanTheirContent() {
    Value nulls = Value.of(Collections.nCopies(300_000, Value.nil()));
    assertTooLarge(() -> document.transact(tx -> tx.register("r").set(nulls)));
  }

  @Test
  void pathsOfContainersCount() {
    assertTooLarge(
        () ->
            document.transact(
                tx -> {
                  for (int i = 0; i < 1100; i++) {
                    tx.map("m").counter("k".repeat(890) + i).increment();
                  }
                }));
  }

  @Test
  void longKeysAreRefusedWhereverTheyAreUsed() {
    String key = "k".repeat(5000);
    assertTooLarge(() -> document.transact(tx -> tx.map("m").put(key, 1)));
    assertTooLarge(() -> document.transact(tx -> tx.map("m").text(key)));
  }
}
