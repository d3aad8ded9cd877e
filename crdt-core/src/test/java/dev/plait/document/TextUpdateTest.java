package dev.plait.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.codec.Limits;
import dev.plait.crdt.EditException;
import dev.plait.crdt.Patch;
import dev.plait.crdt.TextDelta;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Texts that are given a whole new value. */
final class TextUpdateTest {
  private final Peers peers = new Peers();
  private final Document alice = peers.document(1);
  private final Document bob = peers.document(2);

  @Test
  void concurrentUpdatesOfWholeValuesMerge() {
    alice.transact(tx -> tx.text("body").update("The fox jumps."));
    Peers.pull(bob, alice);

    alice.transact(tx -> tx.text("body").update("The quick fox jumps."));
    bob.transact(tx -> tx.text("body").update("The fox jumps high!"));
    Peers.pull(bob, alice);
    Peers.pull(alice, bob);

    assertEquals("The quick fox jumps high!", alice.text("body").toString());
    assertEquals("The quick fox jumps high!", bob.text("body").toString());
  }

  @Test
  void listenersHearOnlyOfWhatDiffers() {
    alice.transact(tx -> tx.text("body").update("one two three"));
    List<Patch> heard = new ArrayList<>();
    alice.listen(event -> event.patches().forEach(patch -> heard.add(patch.patch())));

    alice.transact(tx -> tx.text("body").update("one 2 three!"));

    TextDelta expected =
        TextDelta.builder().retain(4).insert("2").delete(3).retain(6).insert("!").build();
    assertEquals(List.of(expected), heard);
  }

  @Test
  void anUpdateThatChangesNothingIsNoChange() {
    alice.transact(tx -> tx.text("body").update("same"));
    assertTrue(alice.transact(tx -> tx.text("body").update("same")).isEmpty());
  }

  @Test
  void anUpdateThatFailsChangesNothing() {
    Document narrow = new Peers(withOperations(4)).document(1);
    narrow.transact(tx -> tx.text("body").insert(0, "abcdef"));

    narrow.transact(
        tx -> {
          TextEditor body = tx.text("body");
          body.append("!");
          assertCode(EditException.VALUE_TOO_LARGE, () -> body.update("1a2b3c4d5e6f"));
          assertCode(EditException.LONE_SURROGATE, () -> body.update("new\ud83d"));
          body.append("?");
        });

    assertEquals("abcdef!?", narrow.text("body").toString());
  }

  private static void assertCode(String code, Runnable edit) {
    assertEquals(code, assertThrows(EditException.class, edit::run).code());
  }

  private static Limits withOperations(int maxChangeOperations) {
    return Limits.builder().maxChangeOperations(maxChangeOperations).build();
  }
}
