package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.plait.codec.Codec;
import dev.plait.message.SyncMessage;
import java.util.List;

/** One frame of a session. */
final class MessageSubject extends DecodedSubject<SyncMessage> {
  private static final long PER_BYTE = 100;

  private final Codec codec = WireCodec.create();

  MessageSubject(List<byte[]> samples) {
    super("message", samples, null, PER_BYTE);
  }

  @Override
  SyncMessage decode(byte[] input) {
    return codec.decodeMessage(input);
  }

  @Override
  void verify(byte[] input, SyncMessage message) {
    assertArrayEquals(input, codec.encodeMessage(message), "not what a writer writes");
  }
}
