package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plait.change.Change;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Codec;
import dev.plait.codec.ProtocolException;
import dev.plait.crdt.Operation;
import dev.plait.value.ContainerType;
import dev.plait.wire.v1.PlaitProto;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A change said as what follows the one before it. */
class KeystrokeTest {
  private static final int ROUNDS = 3_000;
  private static final ReplicaId STRANGER = ReplicaId.of(77, 77);

  private final Codec codec = WireCodec.create();

  // ---- what is said

  private static ChangeMaker typist() {
    return new ChangeMaker(Samples.ADA, 40, Samples.NOON, 1_000);
  }

  private static Operation insert(
      ElementId first, @Nullable ElementId left, @Nullable ElementId right, String text) {
    return new Operation.TextInsert(first, left, right, text);
  }

  private static Operation delete(ElementRange... ranges) {
    return new Operation.TextDelete(List.of(ranges));
  }

  private static Change typed(
      ChangeMaker maker, @Nullable ElementId left, @Nullable ElementId right, String text) {
    return maker.making(text.length(), Samples.BODY, id -> insert(id, left, right, text)).end(0);
  }

  private static Change deleted(ChangeMaker maker, ElementRange... ranges) {
    return maker.stamped(Samples.BODY, stamp -> delete(ranges)).end(0);
  }

  private static ElementId ada(long seq) {
    return Samples.id(Samples.ADA, seq);
  }

  /** The bytes, after it was made sure that they are read and written by everybody alike. */
  private byte[] said(Change previous, Change next) {
    byte[] bytes = codec.encodeNext(previous, next, Samples.BOB);
    assertNotNull(bytes, () -> next + " after " + previous);
    Change read = codec.decodeNext(previous, bytes, Samples.BOB);
    assertEquals(next, read);
    assertEquals(
        codec.encodeChunk(Samples.DOCUMENT, List.of(next)),
        codec.encodeChunk(Samples.DOCUMENT, List.of(read)));
    try {
      assertArrayEquals(bytes, PlaitProto.Keystroke.parseFrom(bytes).toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    return bytes;
  }

  private void assertGolden(String name, byte[] bytes) {
    HexFormat hex = HexFormat.of();
    byte[] golden = Golden.read("keystroke-" + name + ".v" + FormatVersion.CURRENT);
    assertEquals(hex.formatHex(golden), hex.formatHex(bytes), name);
  }

  @Test
  void keystrokesKeepTheirBytes() {
    ChangeMaker maker = typist();
    Change h = typed(maker, ada(500), ada(501), "h");
    Change i = typed(maker, ada(1_000), ada(501), "i");
    assertGolden("typed", said(h, i));
    Change jump = typed(maker, ada(700), ada(701), "!");
    assertGolden("jumped", said(i, jump));
    Change back = deleted(maker, Samples.range(Samples.ADA, 1_002, 1));
    assertGolden("deleted", said(jump, back));
    maker.after(new Dot(Samples.BOB, 300));
    Change all =
        maker
            .stamped(
                Samples.BODY,
                stamp ->
                    delete(
                        Samples.range(Samples.BOB, 9, 2),
                        Samples.range(STRANGER, 5, 1),
                        Samples.range(Samples.ADA, 40, 7)))
            .end(0);
    assertGolden("selected", said(back, all));
  }

  @Test
  void typingOnTakesThreeBytes() {
    ChangeMaker maker = typist();
    Change previous = typed(maker, ada(500), ada(501), "h");
    for (String text : List.of("e", "l", "l", "o")) {
      Change next = typed(maker, maker.nextId().plus(-1), ada(501), text);
      assertEquals(3, said(previous, next).length);
      previous = next;
    }
    for (long seq = 1_004; seq > 1_000; seq--) {
      Change next = deleted(maker, Samples.range(Samples.ADA, seq, 1));
      assertEquals(2, said(previous, next).length);
      previous = next;
    }
  }

  @Test
  void deletingForwardTakesTwoBytes() {
    ChangeMaker maker = typist();
    Change previous = typed(maker, ada(500), ada(501), "h");
    for (long seq = 501; seq < 505; seq++) {
      Change next = deleted(maker, Samples.range(Samples.ADA, seq, 1));
      assertEquals(2, said(previous, next).length);
      previous = next;
    }
  }

  @Test
  void jumpInALongTextIsShort() {
    ChangeMaker maker = new ChangeMaker(Samples.ADA, 300_000, Samples.NOON, 260_000);
    Change here = typed(maker, ada(500), ada(501), "h");
    Change there =
        maker.making(1, Samples.BODY, id -> insert(id, ada(200_000), ada(7), "x")).end(0);
    assertTrue(said(here, there).length <= 13);
    Change inTheirs =
        maker
            .after(new Dot(Samples.BOB, 200_000))
            .making(
                1,
                Samples.BODY,
                id ->
                    insert(
                        id, Samples.id(Samples.BOB, 99_999), Samples.id(Samples.BOB, 70_000), "x"))
            .end(0);
    assertTrue(said(there, inTheirs).length <= 21);
  }

  @Test
  void timeMayStandStillOrPass() {
    HybridTimestamp full = HybridTimestamp.of(Samples.NOON.millis(), HybridTimestamp.MAX_COUNTER);
    List<HybridTimestamp> times =
        List.of(
            Samples.NOON.next(),
            HybridTimestamp.of(Samples.NOON.millis(), 900),
            full,
            full.next(),
            HybridTimestamp.of(Samples.NOON.millis() + 1, 700),
            HybridTimestamp.of(Samples.NOON.millis() + 1_100, 0),
            HybridTimestamp.MAX_VALID);
    Change first = typed(typist(), null, null, "h");
    for (HybridTimestamp time : times) {
      Change next = follower(first, 1_001, time, insert(ada(1_001), ada(1_000), null, "i"));
      said(first, next);
    }
    Change late = follower(first, 1_001, full, insert(ada(1_001), ada(1_000), null, "i"));
    Operation third = insert(ada(1_002), ada(1_001), null, "!");
    assertEquals(5, said(late, follower(late, 1_002, full.next(), third)).length);
  }

  private static Change follower(
      Change previous, long firstSeq, HybridTimestamp time, Operation operation) {
    return new Change(
        new Dot(previous.replica(), previous.counter() + 1),
        List.of(),
        previous.time(),
        time,
        firstSeq,
        List.of(new ContainerOperation(Samples.BODY, operation)));
  }

  @Test
  void randomTypingIsSaidAsItWas() {
    int said = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      List<Change> changes = new RandomTyping(seed).changes();
      for (int i = 1; i < changes.size(); i++) {
        if (canBeSaid(changes.get(i - 1), changes.get(i))) {
          said(changes.get(i - 1), changes.get(i));
          said++;
        } else {
          assertNull(codec.encodeNext(changes.get(i - 1), changes.get(i), Samples.BOB));
        }
      }
    }
    assertTrue(said > 5 * ROUNDS, said + " said");
  }

  private static boolean canBeSaid(Change previous, Change next) {
    ContainerOperation last = previous.operations().get(previous.operations().size() - 1);
    ContainerOperation operation = next.operations().get(0);
    return next.operations().size() == 1
        && operation.container().equals(last.container())
        && last.container().type() == ContainerType.TEXT;
  }

  // ---- what is not

  @Test
  void whatDoesNotFollowOnTheSameTextIsNotSaid() {
    ChangeMaker maker = typist();
    Change first = typed(maker, null, null, "h");
    Change second = typed(maker, ada(1_000), null, "i");
    Change third = typed(maker, ada(1_001), null, "!");
    assertNotSaid(first, third);
    assertNotSaid(second, first);
    assertNotSaid(first, first);
    assertNotSaid(first, followerOf(second, Samples.BOB, first.time(), 1_001));
    assertNotSaid(first, followerOf(second, Samples.ADA, Samples.EARLIER, 1_001));
    assertNotSaid(first, followerOf(second, Samples.ADA, first.time(), 1_002));
    ContainerId other = ContainerId.root("other", ContainerType.TEXT);
    assertNotSaid(third, maker.making(1, other, id -> insert(id, null, null, "x")).end(0));
  }

  private void assertNotSaid(Change previous, Change next) {
    assertNull(codec.encodeNext(previous, next, Samples.BOB));
  }

  private static Change followerOf(
      Change like, ReplicaId replica, HybridTimestamp before, long firstSeq) {
    return new Change(
        new Dot(replica, like.counter()),
        List.of(),
        before,
        like.time(),
        firstSeq,
        like.operations());
  }

  @Test
  void onlyWhatDependsOnTheListenerIsSaid() {
    ChangeMaker maker = typist();
    Change first = typed(maker, null, null, "h");
    Change next = typed(maker.after(new Dot(Samples.BOB, 3)), ada(1_000), null, "i");
    said(first, next);
    assertNull(codec.encodeNext(first, next, Samples.CYD));
    maker = typist();
    first = typed(maker, null, null, "h");
    next =
        typed(maker.after(new Dot(Samples.BOB, 3), new Dot(Samples.CYD, 3)), ada(1_000), null, "i");
    assertNotSaid(first, next);
  }

  @Test
  void onlyOneOperationOnATextIsSaid() {
    ChangeMaker maker = typist();
    Change first = typed(maker, null, null, "h");
    maker.making(1, Samples.BODY, id -> insert(id, ada(1_000), null, "i"));
    Change two = typed(maker, ada(1_001), null, "!");
    assertNotSaid(first, two);
    said(two, typed(maker, ada(1_002), null, "?"));
    Change vote =
        maker.stamped(Samples.COUNTER, stamp -> new Operation.CounterAdd(stamp, 1)).end(0);
    assertNotSaid(typed(maker, null, null, "x"), vote);
    assertNotSaid(vote, typed(maker, null, null, "y"));
    Change nothing = deleted(maker);
    assertNotSaid(nothing, typed(maker, null, null, "z"));
  }

  @Test
  void deletionOfVeryManyRangesIsNotSaid() {
    ChangeMaker maker = typist();
    Change first = typed(maker, null, null, "h");
    List<ElementRange> ranges = new ArrayList<>();
    for (int i = 0; i < KeystrokeShape.MAX_RANGES; i++) {
      ranges.add(Samples.range(Samples.BOB, 1 + 2 * i, 1));
    }
    Change many = deleted(maker, ranges.toArray(ElementRange[]::new));
    said(first, many);
    ranges.add(Samples.range(Samples.BOB, 9_999, 1));
    assertNotSaid(many, deleted(maker, ranges.toArray(ElementRange[]::new)));
  }

  @Test
  void whatIsTooLargeIsRefused() {
    Codec small = WireCodec.create(OtherLimits.frameBytes(2_000));
    ChangeMaker maker = typist();
    Change first = typed(maker, null, null, "h");
    Change next = typed(maker, ada(1_000), null, "x".repeat(1_000));
    Expect.refused(
        ProtocolException.LIMIT_EXCEEDED, () -> small.encodeNext(first, next, Samples.BOB));
    byte[] bytes = said(first, next);
    Expect.refused(
        ProtocolException.LIMIT_EXCEEDED, () -> small.decodeNext(first, bytes, Samples.BOB));
  }

  @Test
  void operationsKeepToTheRules() {
    ChangeMaker maker = typist();
    Change first = typed(maker, null, null, "h");
    Expect.mistake(
        "makes it later",
        () -> codec.encodeNext(first, typed(maker, ada(1_001), null, "i"), Samples.BOB));
    Change second = typed(maker, null, null, "i");
    Expect.mistake(
        "surrogate",
        () -> codec.encodeNext(second, typed(maker, null, null, "\ud834"), Samples.BOB));
  }
}
