package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.codec.ChangesDecoder;
import dev.plait.codec.Codec;
import dev.plait.codec.ProtocolException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A decoder that is kept says what a new one would say, whatever it met before. */
class BundleDecoderTest {
  private static final int ROUNDS = 20_000;

  private final Codec codec = WireCodec.create();

  private byte[] bundle(String document, List<Change> changes) {
    return codec.encodeBundle(List.of(codec.encodeChunk(document, changes)));
  }

  /** What is in a bundle, or why it is refused. */
  private static String outcome(ChangesDecoder decoder, byte[] bytes, ChangeColumns into) {
    List<List<Change>> chunks = new ArrayList<>();
    try {
      int count =
          decoder.decodeBundle(
              bytes,
              Samples.DOCUMENT,
              number -> {
                if (number > 0) {
                  chunks.add(into.changes(0, into.size()));
                }
                return into;
              });
      if (count > 0) {
        chunks.add(into.changes(0, into.size()));
      }
    } catch (ProtocolException refused) {
      return refused.code() + ": " + refused.getMessage();
    }
    return chunks.toString();
  }

  @Test
  void damagedBundlesLeaveNothingBehind() {
    Random random = new Random(7);
    ChangesDecoder kept = codec.decoder();
    ChangeColumns keptColumns = new ChangeColumns(Samples.ADA);
    int good = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = bundle(Samples.DOCUMENT, changes(random, round));
      byte[] offered = round % 2 == 0 ? Mutation.of(bytes, random) : bytes;
      String expected = outcome(codec.decoder(), offered, new ChangeColumns(Samples.BOB));
      assertEquals(expected, outcome(kept, offered, keptColumns), "round " + round);
      good += expected.startsWith("[") ? 1 : 0;
    }
    assertTrue(good >= ROUNDS / 2 && good < ROUNDS, good + " good ones");
  }

  private static List<Change> changes(Random random, int round) {
    return switch (random.nextInt(4)) {
      case 0 -> List.of(Samples.keystroke());
      case 1 -> new RandomTyping(round).changes();
      case 2 -> new RandomSamples(round).changes();
      default -> Samples.everyOperation();
    };
  }

  @Test
  void severalChunksAreDecodedInOrder() {
    Chunk one = codec.encodeChunk(Samples.DOCUMENT, List.of(Samples.keystroke()));
    Chunk two = codec.encodeChunk(Samples.DOCUMENT, Samples.everyOperation());
    byte[] bytes = codec.encodeBundle(List.of(one, two, one));
    String expected =
        List.of(List.of(Samples.keystroke()), Samples.everyOperation(), codec.decodeChunk(one))
            .toString();
    assertEquals(expected, outcome(codec.decoder(), bytes, new ChangeColumns(Samples.CYD)));
  }

  @Test
  void headersOfOtherDocumentsAreToldApart() {
    ChangesDecoder decoder = codec.decoder();
    ChangeColumns into = new ChangeColumns(Samples.ADA);
    byte[] mine = bundle(Samples.DOCUMENT, List.of(Samples.keystroke()));
    byte[] other = bundle("notes/43", List.of(Samples.keystroke()));
    for (int i = 0; i < 2; i++) {
      assertEquals(1, decoder.decodeBundle(mine, Samples.DOCUMENT, number -> into));
      Expect.refused(
          ProtocolException.WRONG_DOCUMENT,
          () -> decoder.decodeBundle(other, Samples.DOCUMENT, number -> into));
      Expect.refused(
          ProtocolException.WRONG_DOCUMENT,
          () -> decoder.decodeBundle(mine, "notes/43", number -> into));
      assertEquals(1, decoder.decodeBundle(other, "notes/43", number -> into));
    }
  }

  @Test
  void namesThatComeAgainAreTheSameObjects() {
    ChangesDecoder decoder = codec.decoder();
    ChangeColumns into = new ChangeColumns(Samples.BOB);
    byte[] bytes = bundle(Samples.DOCUMENT, List.of(Samples.keystroke()));
    decoder.decodeBundle(bytes, Samples.DOCUMENT, number -> into);
    var container = into.rows().container(0);
    var replica = into.replica();
    decoder.decodeBundle(bytes, Samples.DOCUMENT, number -> into);
    assertSame(container, into.rows().container(0));
    assertSame(replica, into.replica());
  }

  @Test
  void bytesMayBeChangedAfterwards() {
    ChangesDecoder decoder = codec.decoder();
    ChangeColumns into = new ChangeColumns(Samples.ADA);
    byte[] bytes = bundle(Samples.DOCUMENT, List.of(Samples.keystroke()));
    String expected = List.of(List.of(Samples.keystroke())).toString();
    assertEquals(expected, outcome(decoder, bytes.clone(), into));
    byte[] once = bytes.clone();
    decoder.decodeBundle(once, Samples.DOCUMENT, number -> into);
    Arrays.fill(once, (byte) 0xff);
    assertEquals(expected, outcome(decoder, bytes, into));
  }
}
