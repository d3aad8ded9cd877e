package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.change.Change;
import dev.plait.codec.Codec;
import dev.plait.message.SyncMessage;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A byte that changes here breaks everything that was ever stored. */
class GoldenTest {
  private final Codec codec = WireCodec.create();

  private static void assertGolden(String name, byte[] bytes) {
    assertEquals(
        HexFormat.of().formatHex(Golden.read(name)), HexFormat.of().formatHex(bytes), name);
  }

  private void assertGoldenChunk(String name, List<Change> changes) {
    assertGolden(name, codec.encodeChunk(Samples.DOCUMENT, changes).bytes());
    assertEquals(changes, codec.decodeChunk(codec.readChunk(Golden.read(name))));
  }

  @Test
  void chunksKeepTheirBytes() {
    assertGoldenChunk("chunk-keystroke", List.of(Samples.keystroke()));
    assertGoldenChunk("chunk-every-operation", Samples.everyOperation());
  }

  @Test
  void snapshotKeepsItsBytes() {
    assertGolden("snapshot", codec.encodeSnapshot(Samples.snapshot()));
    assertEquals(Samples.snapshot(), codec.decodeSnapshot(Golden.read("snapshot")));
  }

  @Test
  void bundleKeepsItsBytes() {
    var chunk = codec.encodeChunk(Samples.DOCUMENT, List.of(Samples.keystroke()));
    assertGolden("bundle", codec.encodeBundle(List.of(chunk, chunk)));
    assertEquals(List.of(chunk, chunk), codec.decodeBundle(Golden.read("bundle")));
  }

  @Test
  void messagesKeepTheirBytes() {
    List<SyncMessage> messages = Samples.messages(codec);
    for (int i = 0; i < messages.size(); i++) {
      String name = "message-" + i + "-" + messages.get(i).getClass().getSimpleName();
      assertGolden(name, codec.encodeMessage(messages.get(i)));
      assertEquals(messages.get(i), codec.decodeMessage(Golden.read(name)));
    }
  }
}
