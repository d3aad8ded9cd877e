package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Codec;
import dev.plait.codec.ProtocolException;
import dev.plait.crdt.Operation;
import dev.plait.wire.v1.PlaitProto;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chunks from columns and into columns that are used again and again. */
class ColumnsTest {
  private static final int ROUNDS = 1_000;

  private final Codec codec = WireCodec.create();

  private static List<Change> all(ChangeColumns columns) {
    return columns.changes(0, columns.size());
  }

  @Test
  void columnsSurvive() {
    ChangeColumns into = new ChangeColumns(ReplicaId.of(9, 9));
    for (int seed = 0; seed < ROUNDS; seed++) {
      List<Change> changes =
          seed % 2 == 0 ? new RandomTyping(seed).changes() : new RandomSamples(seed).changes();
      Chunk chunk = codec.encodeChunk(Samples.DOCUMENT, ChangeColumns.of(changes));
      codec.decodeChunk(chunk, into);
      assertEquals(changes, all(into), "seed " + seed);
      assertEquals(0, into.openOperations());
      assertEquals(chunk, codec.encodeChunk(Samples.DOCUMENT, into));
    }
  }

  @Test
  void bytesDoNotDependOnHowColumnsWereFilled() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      List<Change> changes = new RandomTyping(seed).changes();
      ChangeColumns atOnce = ChangeColumns.of(changes);
      Change first = changes.get(0);
      ChangeColumns inParts =
          new ChangeColumns(
              first.replica(), first.counter(), first.firstSeq(), first.previousTime().bits());
      var walk = atOnce.walk();
      for (int left = atOnce.size(); left > 0; ) {
        int part = 1 + (seed + left) % left;
        inParts.append(walk, part);
        left -= part;
      }
      assertEquals(
          codec.encodeChunk(Samples.DOCUMENT, atOnce),
          codec.encodeChunk(Samples.DOCUMENT, inParts),
          "seed " + seed);
    }
  }

  @Test
  void bundleGoesIntoTheColumnsGiven() {
    List<Change> typing = new RandomTyping(1).changes();
    Chunk one = codec.encodeChunk(Samples.DOCUMENT, typing);
    Chunk two = codec.encodeChunk(Samples.DOCUMENT, Samples.everyOperation());
    List<ChangeColumns> into = new ArrayList<>();
    int chunks =
        codec.decodeBundle(
            codec.encodeBundle(List.of(one, two)),
            Samples.DOCUMENT,
            number -> {
              assertEquals(into.size(), number);
              into.add(new ChangeColumns(Samples.BOB));
              return into.get(number);
            });
    assertEquals(2, chunks);
    assertEquals(typing, all(into.get(0)));
    assertEquals(Samples.everyOperation(), all(into.get(1)));
  }

  @Test
  void bundleOfAnotherDocumentIsRefused() {
    for (String other : List.of("", "notes/4", "notes/421", "motes/42", "nötes/42", "漢")) {
      byte[] bundle =
          codec.encodeBundle(List.of(codec.encodeChunk(other, List.of(Samples.keystroke()))));
      Expect.refused(
          ProtocolException.WRONG_DOCUMENT,
          () ->
              codec.decodeBundle(
                  bundle, Samples.DOCUMENT, number -> new ChangeColumns(Samples.ADA)));
      assertEquals(1, codec.decodeBundle(bundle, other, number -> new ChangeColumns(Samples.ADA)));
    }
  }

  @Test
  void unendedChangesAreNotWritten() {
    ChangeColumns columns = ChangeColumns.of(List.of(Samples.keystroke()));
    columns.insertText(Samples.BODY, null, 0, null, 0, "x");
    assertThrows(
        IllegalArgumentException.class, () -> codec.encodeChunk(Samples.DOCUMENT, columns));
  }

  @Test
  void manyAlikeChangesTakeTheRoomOfTheirText() throws Exception {
    ChangeMaker maker = Samples.adaAtNoon();
    List<Change> typing = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      String letter = String.valueOf((char) ('a' + ((i * 7919) >>> 5) % 26));
      typing.add(
          maker
              .making(
                  1, Samples.BODY, id -> new Operation.TextInsert(id, id.plus(-1), null, letter))
              .end(100));
    }
    Chunk chunk = codec.encodeChunk(Samples.DOCUMENT, typing);
    int payload = Tampering.inflated(PlaitProto.Chunk.parseFrom(chunk.bytes())).length;
    assertTrue(payload < 100_000 + 50, () -> payload + " bytes");
    assertTrue(chunk.size() < payload, () -> chunk.size() + " bytes");
    assertEquals(typing, codec.decodeChunk(chunk));
  }
}
