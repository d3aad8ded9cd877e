package dev.plait.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.canonical.CanonicalBytes;
import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Chains in which every unit has the one inserted before it as origin, a million deep, and in which
 * no two units make a run: nothing that is done to a text goes down such a chain by recursion.
 */
class TextChainTest {
  private static final int DEPTH = 1_000_000;
  private static final ReplicaId[] AUTHORS = {ReplicaId.of(0, 1), ReplicaId.of(0, 2)};

  private final Text text = new Text();
  private final Text replica = new Text();

  /** What an edit of the text did, applied to the replica. */
  private final class Relay implements TextEdits {
    private ReplicaId author = AUTHORS[0];
    private long seq;

    @Override
    public void inserted(
        @Nullable ReplicaId leftReplica,
        long leftSeq,
        @Nullable ReplicaId rightReplica,
        long rightSeq,
        String units) {
      assertNull(
          replica.applyInsert(
              author,
              seq,
              leftReplica,
              leftSeq,
              rightReplica,
              rightSeq,
              units,
              0,
              units.length(),
              null));
    }

    @Override
    public void deleted(ReplicaId owner, long first, int length, int range) {
      throw new AssertionError("nothing is deleted here");
    }
  }

  /** Two authors take turns at one text; the replica hears of each unit. */
  private void write(boolean forwards) {
    Relay relay = new Relay();
    for (int i = 0; i < DEPTH; i++) {
      relay.author = AUTHORS[i % 2];
      relay.seq = 1L + i / 2;
      text.insert(forwards ? i : 0, i % 2 == 0 ? "a" : "b", relay.author, relay.seq, null, relay);
    }
  }

  private static byte[] canonical(Text text) {
    CanonicalBytes out = new CanonicalBytes();
    text.writeCanonical(out);
    return out.toByteArray();
  }

  private void assertSurvivesEverything() {
    State.OfText state = text.state();
    assertEquals(DEPTH, state.columns().size());
    assertEquals(state, replica.state());
    byte[] bytes = canonical(text);
    assertTrue(Arrays.equals(bytes, canonical(Text.of(state))));

    Text joined = new Text();
    assertEquals(state.visible(), joined.toString() + shown(joined.join(state, null)));
    assertTrue(Arrays.equals(bytes, canonical(joined)));
    assertTrue(joined.join(state, null).isEmpty());
  }

  /** What a delta inserts into an empty text. */
  private static String shown(TextDelta delta) {
    assertEquals(1, delta.steps().size());
    return ((DeltaStep.Insert<String>) delta.steps().get(0)).piece();
  }

  @Test
  void deepChainOfLeftOriginsIsAppliedOpenedJoinedAndWritten() {
    write(true);
    assertSurvivesEverything();
  }

  @Test
  void deepChainOfRightOriginsIsAppliedOpenedJoinedAndWritten() {
    write(false);
    assertSurvivesEverything();
  }

  @Test
  void stateOfADeepChainIsJoinedIntoHalfOfIt() {
    int depth = DEPTH / 4;
    for (int i = 0; i < depth; i++) {
      text.insert(0, "x", new ElementId(AUTHORS[i % 2], 1L + i / 2));
      if (i == depth / 2) {
        replica.join(text.state(), null);
      }
    }
    replica.join(text.state(), null);
    assertTrue(Arrays.equals(canonical(text), canonical(replica)));
  }

  @Test
  void deepChainIsTakenBack() {
    Rollback rollback = new Rollback();
    for (int i = 0; i < DEPTH; i++) {
      text.insert(i % 2 == 0 ? 0 : i, "x", new ElementId(AUTHORS[i % 2], 1L + i / 2), rollback);
    }
    rollback.run();
    assertEquals(new Text().state(), text.state());
    text.checkInvariants();
  }
}
