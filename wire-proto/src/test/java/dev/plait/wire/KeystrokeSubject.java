package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Codec;
import java.util.ArrayList;
import java.util.List;

/** The short form of a change, for a receiver that holds the change before it. */
final class KeystrokeSubject extends DecodedSubject<Change> {
  private static final long PER_BYTE = 400;
  private static final ReplicaId LISTENER = Samples.BOB;

  private final Codec codec = WireCodec.create();
  private final Change previous;

  private KeystrokeSubject(Change previous, List<byte[]> samples) {
    super("keystroke", samples, null, PER_BYTE);
    this.previous = previous;
  }

  /** Receivers of what can be said in short, out of the changes of one author. */
  static List<FuzzSubject> of(Codec codec, List<Change> changes) {
    List<byte[]> samples = new ArrayList<>();
    List<Change> holders = new ArrayList<>();
    for (int i = 1; i < changes.size(); i++) {
      byte[] next = codec.encodeNext(changes.get(i - 1), changes.get(i), LISTENER);
      if (next != null) {
        samples.add(next);
        holders.add(changes.get(i - 1));
      }
    }
    List<FuzzSubject> subjects = new ArrayList<>();
    holders.forEach(holder -> subjects.add(new KeystrokeSubject(holder, samples)));
    return subjects;
  }

  @Override
  Change decode(byte[] input) {
    return codec.decodeNext(previous, input, LISTENER);
  }

  @Override
  void verify(byte[] input, Change change) {
    assertArrayEquals(
        input, codec.encodeNext(previous, change, LISTENER), "not what a writer writes");
    Chunk chunk = codec.encodeChunk(Samples.DOCUMENT, List.of(change));
    assertEquals(List.of(change), codec.decodeChunk(chunk));
    assertEquals(previous.time(), chunk.header().previousTime());
  }
}
