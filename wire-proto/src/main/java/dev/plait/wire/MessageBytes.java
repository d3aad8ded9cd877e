package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;
import static dev.plait.wire.Direction.ENCODING;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import java.io.IOException;

/** The step between generated messages and bytes, with all checks that need no meaning. */
final class MessageBytes {
  private MessageBytes() {}

  /**
   * Serializes a message. What {@link #read} would refuse is refused here already.
   *
   * @param what what it is, for the message of a failure
   */
  static byte[] write(Limits limits, String what, int maxBytes, Message message) {
    checkSize(ENCODING, what, maxBytes, message.getSerializedSize());
    byte[] bytes = message.toByteArray();
    StructureScan.check(ENCODING, limits, bytes, message.getDescriptorForType());
    return bytes;
  }

  /** Parses a message that is exactly {@code bytes}. */
  static <M extends Message> M read(
      Limits limits,
      String what,
      int maxBytes,
      byte[] bytes,
      Descriptor descriptor,
      Parser<M> parser) {
    checkSize(DECODING, what, maxBytes, bytes.length);
    return read(limits, what, bytes, 0, bytes.length, descriptor, parser);
  }

  /** Parses a message that stands between these offsets. */
  static <M extends Message> M read(
      Limits limits,
      String what,
      byte[] bytes,
      int from,
      int to,
      Descriptor descriptor,
      Parser<M> parser) {
    StructureScan.check(DECODING, limits, bytes, from, to, descriptor);
    CodedInputStream input = CodedInputStream.newInstance(bytes, from, to - from);
    input.setRecursionLimit(StructureScan.maxLevels(limits));
    try {
      M message = parser.parseFrom(input);
      input.checkLastTagWas(0);
      return message;
    } catch (IOException e) {
      throw new ProtocolException(
          ProtocolException.MALFORMED, what + " is not what the format says: " + e.getMessage(), e);
    }
  }

  private static void checkSize(Direction direction, String what, int maxBytes, int size) {
    if (size > maxBytes) {
      throw direction.tooMuch(what + " takes " + size + " bytes; at most " + maxBytes);
    }
  }
}
