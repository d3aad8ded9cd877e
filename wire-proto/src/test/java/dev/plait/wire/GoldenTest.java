package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.plait.change.Change;
import dev.plait.codec.Codec;
import dev.plait.message.SyncMessage;
import dev.plait.wire.v1.PlaitProto;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A byte that changes here breaks everything that was ever stored. The names of the files say the
 * version of the format they are in, and so do their bytes: what is written otherwise needs another
 * version, and a file of its own.
 */
class GoldenTest {
  private final Codec codec = WireCodec.create();

  private static void assertGolden(String name, byte[] bytes) {
    assertEquals(
        HexFormat.of().formatHex(Golden.read(name)), HexFormat.of().formatHex(bytes), name);
  }

  /** The file of this name in the version that is written. */
  private static String current(String name) {
    return name + ".v" + FormatVersion.CURRENT;
  }

  private void assertGoldenChunk(String kind, List<Change> changes) {
    String name = current(kind);
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
    String name = current("snapshot");
    assertGolden(name, codec.encodeSnapshot(Samples.snapshot()));
    assertEquals(Samples.snapshot(), codec.decodeSnapshot(Golden.read(name)));
  }

  @Test
  void bundleKeepsItsBytes() {
    var chunk = codec.encodeChunk(Samples.DOCUMENT, List.of(Samples.keystroke()));
    String name = current("bundle");
    assertGolden(name, codec.encodeBundle(List.of(chunk, chunk)));
    assertEquals(List.of(chunk, chunk), codec.decodeBundle(Golden.read(name)));
  }

  @Test
  void bytesSayTheirVersion() throws InvalidProtocolBufferException {
    byte[] chunk = Golden.read(current("chunk-keystroke"));
    assertEquals(FormatVersion.CURRENT, PlaitProto.Chunk.parseFrom(chunk).getHeader().getVersion());
    byte[] snapshot = Golden.read(current("snapshot"));
    assertEquals(FormatVersion.CURRENT, PlaitProto.Snapshot.parseFrom(snapshot).getVersion());
    byte[] bundle = Golden.read(current("bundle"));
    assertEquals(FormatVersion.CURRENT, PlaitProto.Bundle.parseFrom(bundle).getVersion());
  }

  @Test
  void messagesKeepTheirBytes() {
    List<SyncMessage> messages = Samples.messages(codec);
    for (int i = 0; i < messages.size(); i++) {
      String kind = messages.get(i).getClass().getSimpleName();
      String name = "message-" + i + "-" + kind + ".v" + Samples.PROTOCOL_VERSION;
      assertGolden(name, codec.encodeMessage(messages.get(i)));
      assertEquals(messages.get(i), codec.decodeMessage(Golden.read(name)));
    }
  }
}
