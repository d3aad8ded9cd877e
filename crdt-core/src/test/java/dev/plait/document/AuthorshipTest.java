package dev.plait.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.plait.change.Change;
import dev.plait.crdt.Cursor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who wrote what, and when. */
final class AuthorshipTest {
  private final Peers peers = new Peers();
  private final Document alice = peers.document(1);
  private final Document bob = peers.document(2);

  private static Change type(Document document, int index, String text) {
    return document.transact(tx -> tx.text("body").insert(index, text)).orElseThrow();
  }

  @Test
  void eachPieceNamesItsAuthorAndItsChange() {
    Change hello = type(alice, 0, "hello ");
    Change world = type(alice, 6, "world");
    Peers.pull(bob, alice);
    peers.wall.addAndGet(1_000);
    Change inner = type(bob, 3, "--");

    List<AuthoredText> expected =
        List.of(
            new AuthoredText("hel", alice.replica(), hello.time()),
            new AuthoredText("--", bob.replica(), inner.time()),
            new AuthoredText("lo ", alice.replica(), hello.time()),
            new AuthoredText("world", alice.replica(), world.time()));
    assertEquals(expected, bob.text("body").authorship());
    Peers.pull(alice, bob);
    assertEquals(expected, alice.text("body").authorship());
  }

  @Test
  void whatIsHeldAsStateHasAnAuthorButNoTime() {
    type(alice, 0, "old ");
    bob.join(alice.snapshot());
    Change fresh = type(alice, 4, "new");
    Peers.pull(bob, alice);

    assertEquals(
        List.of(
            new AuthoredText("old ", alice.replica(), null),
            new AuthoredText("new", alice.replica(), fresh.time())),
        bob.text("body").authorship());
  }

  @Test
  void deletedUnitsAreNobodys() {
    type(alice, 0, "abcdef");
    alice.transact(tx -> tx.text("body").delete(1, 4));

    List<AuthoredText> pieces = alice.text("body").authorship();

    assertEquals("af", pieces.get(0).text());
    assertEquals(1, pieces.size());
  }

  @Test
  void openTransactionHasNoTimeYet() {
    type(alice, 0, "then ");
    alice.transact(
        tx -> {
          tx.text("body").insert(5, "now");
          List<AuthoredText> pieces = tx.text("body").authorship();
          assertNotNull(pieces.get(0).time());
          assertNull(pieces.get(1).time());
        });
  }

  @Test
  void cursorsOfADocumentFollowEditsOfOthers() {
    type(alice, 0, "hello");
    Peers.pull(bob, alice);
    Cursor cursor = alice.text("body").cursorAt(2, Cursor.Side.BEFORE);

    type(bob, 0, "oh ");
    Peers.pull(alice, bob);

    assertEquals(5, alice.text("body").indexOf(cursor));
    assertEquals(5, bob.text("body").indexOf(cursor));
  }
}
