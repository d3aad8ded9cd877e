package dev.plait.wire;

import static dev.plait.codec.ProtocolException.LIMIT_EXCEEDED;
import static dev.plait.codec.ProtocolException.MALFORMED;
import static dev.plait.codec.ProtocolException.UNSUPPORTED_VERSION;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.wire.v1.PlaitProto;
import java.util.List;
import org.junit.jupiter.api.Test;

class StructureScanTest {
  private static final byte[] HELLO =
      WireCodec.create().encodeMessage(new dev.plait.message.SyncMessage.Hello(1, Samples.ADA));

  private static void refused(String code, Descriptor message, int... bytes) {
    byte[] scanned = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      scanned[i] = (byte) bytes[i];
    }
    Expect.refused(
        code, () -> StructureScan.check(Direction.DECODING, Limits.defaults(), scanned, message));
  }

  @Test
  void unknownFieldsAreUnsupported() {
    refused(UNSUPPORTED_VERSION, PlaitProto.Message.getDescriptor(), 15 << 3, 1);
    refused(UNSUPPORTED_VERSION, PlaitProto.Message.getDescriptor(), 6 << 3 | 2, 2, 8, 1);
    refused(UNSUPPORTED_VERSION, PlaitProto.Content.getDescriptor(), 0x8a, 0x01, 0);
  }

  @Test
  void wrongWireTypesAreMalformed() {
    refused(MALFORMED, PlaitProto.Message.getDescriptor(), 1 << 3, 1);
    refused(MALFORMED, PlaitProto.Stamp.getDescriptor(), 1 << 3 | 5, 0, 0, 0, 0);
    refused(MALFORMED, PlaitProto.ElementIds.getDescriptor(), 1 << 3, 1);
  }

  @Test
  void numbersTakeNoMoreBytesThanTheyNeed() {
    Descriptor stamp = PlaitProto.Stamp.getDescriptor();
    refused(MALFORMED, stamp, 2 << 3, 0x81, 0);
    refused(MALFORMED, stamp, 2 << 3, 0xff, 0x80, 0);
    refused(MALFORMED, stamp, 0x90, 0, 1);
    refused(
        MALFORMED,
        PlaitProto.ElementId.getDescriptor(),
        2 << 3,
        0x80,
        0x80,
        0x80,
        0x80,
        0x80,
        0x80,
        0x80,
        0x80,
        0x80,
        3);
  }

  @Test
  void numbersFitTheirFields() {
    Descriptor stamp = PlaitProto.Stamp.getDescriptor();
    refused(MALFORMED, stamp, 2 << 3, 0x80, 0x80, 0x80, 0x80, 0x10);
    refused(MALFORMED, PlaitProto.Value.getDescriptor(), 2 << 3, 2);
    refused(
        MALFORMED,
        PlaitProto.ElementIds.getDescriptor(),
        1 << 3 | 2,
        5,
        0x80,
        0x80,
        0x80,
        0x80,
        0x10);
  }

  @Test
  void defaultsAreLeftOut() {
    Descriptor stamp = PlaitProto.Stamp.getDescriptor();
    refused(MALFORMED, stamp, 1 << 3 | 1, 0, 0, 0, 0, 0, 0, 0, 0);
    refused(MALFORMED, stamp, 2 << 3, 0);
    refused(MALFORMED, PlaitProto.ElementIds.getDescriptor(), 1 << 3 | 2, 0);
    refused(MALFORMED, PlaitProto.MapEntry.getDescriptor(), 1 << 3 | 2, 0);
    refused(MALFORMED, PlaitProto.Have.getDescriptor(), 2 << 3 | 2, 0);
  }

  @Test
  void fieldsAscend() {
    refused(MALFORMED, PlaitProto.Stamp.getDescriptor(), 3 << 3, 1, 2 << 3, 1);
    refused(MALFORMED, PlaitProto.ElementIds.getDescriptor(), 1 << 3 | 2, 1, 1, 1 << 3 | 2, 1, 1);
  }

  @Test
  void groupsAndFieldZeroAreMalformed() {
    refused(MALFORMED, PlaitProto.Message.getDescriptor(), 1 << 3 | 3, 1 << 3 | 4);
    refused(MALFORMED, PlaitProto.Message.getDescriptor(), 1 << 3 | 4);
    refused(MALFORMED, PlaitProto.Message.getDescriptor(), 1 << 3 | 6);
    refused(MALFORMED, PlaitProto.Message.getDescriptor(), 1 << 3 | 7);
    refused(MALFORMED, PlaitProto.Message.getDescriptor(), 0);
    refused(MALFORMED, PlaitProto.Message.getDescriptor(), 0x80, 0x80, 0x80, 0x80, 0x10, 0);
  }

  @Test
  void trailingBytesAreRefused() {
    Codec codec = WireCodec.create();
    for (int extra : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
      byte[] longer = java.util.Arrays.copyOf(HELLO, HELLO.length + 1);
      longer[HELLO.length] = (byte) extra;
      Expect.refused(MALFORMED, () -> codec.decodeMessage(longer));
    }
  }

  @Test
  void lengthsStayInside() {
    refused(MALFORMED, PlaitProto.Message.getDescriptor(), 1 << 3 | 2, 1);
    refused(MALFORMED, PlaitProto.Message.getDescriptor(), 1 << 3 | 2, 2, 2 << 3 | 2, 1, 0);
    refused(
        MALFORMED,
        PlaitProto.Message.getDescriptor(),
        0x0a,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0x01);
    refused(MALFORMED, PlaitProto.Message.getDescriptor(), 0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f);
    refused(MALFORMED, PlaitProto.Stamp.getDescriptor(), 1 << 3 | 1, 0, 0, 0, 0, 0, 0, 0);
    refused(MALFORMED, PlaitProto.Stamps.getDescriptor(), 1 << 3 | 2, 3, 0, 0, 0);
    refused(MALFORMED, PlaitProto.ElementIds.getDescriptor(), 1 << 3 | 2, 2, 0, 0x80);
  }

  @Test
  void numbersEndAfterTenBytes() {
    refused(
        MALFORMED,
        PlaitProto.ElementId.getDescriptor(),
        0x10,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0xff,
        0x01);
  }

  @Test
  void singleFieldsComeOnce() {
    refused(MALFORMED, PlaitProto.ElementId.getDescriptor(), 0x10, 1, 0x10, 1);
    refused(MALFORMED, PlaitProto.Message.getDescriptor(), 0x32, 0, 0x32, 0);
  }

  @Test
  void choicesAreMadeOnce() {
    refused(MALFORMED, PlaitProto.Value.getDescriptor(), 0x08, 1, 0x10, 1);
    refused(MALFORMED, PlaitProto.Value.getDescriptor(), 0x10, 1, 0x08, 1);
  }

  @Test
  void textIsUtf8() {
    for (byte[] bytes :
        List.of(
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xc0, (byte) 0x80},
            new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80})) {
      ByteString failure =
          ByteString.copyFrom(new byte[] {0x0a, (byte) bytes.length})
              .concat(ByteString.copyFrom(bytes));
      byte[] frame =
          ByteString.copyFrom(new byte[] {0x2a, (byte) failure.size()})
              .concat(failure)
              .toByteArray();
      Expect.refused(MALFORMED, () -> WireCodec.create().decodeMessage(frame));
    }
  }

  @Test
  void entriesAreCountedBeforeTheyAreBuilt() {
    Limits limits = OtherLimits.listLength(3);
    PlaitProto.ElementIds ids =
        PlaitProto.ElementIds.newBuilder().addAllSeqs(List.of(1L, 300L, 70_000L, 4L)).build();
    PlaitProto.Stamps stamps =
        PlaitProto.Stamps.newBuilder().addAllTimes(List.of(1L, 2L, 3L, 4L)).build();
    PlaitProto.ListValue list = PlaitProto.ListValue.newBuilder().build();
    for (int i = 0; i < 4; i++) {
      list = list.toBuilder().addValues(PlaitProto.Value.newBuilder().setBoolean(false)).build();
    }
    for (com.google.protobuf.Message message : List.of(ids, stamps, list)) {
      Expect.refused(
          LIMIT_EXCEEDED,
          () ->
              StructureScan.check(
                  Direction.DECODING,
                  limits,
                  message.toByteArray(),
                  message.getDescriptorForType()));
    }
  }

  @Test
  void entriesAreNotEmpty() {
    refused(MALFORMED, PlaitProto.ListValue.getDescriptor(), 0x0a, 0);
    refused(MALFORMED, PlaitProto.ChunkPayload.getDescriptor(), 0x12, 0);
  }

  @Test
  void nestingEndsWithoutOverflowOfTheStack() {
    ByteString value = ByteString.EMPTY;
    for (int i = 0; i < 100_000; i++) {
      int size = value.size();
      ByteString header =
          i % 2 == 0
              ? tagged(PlaitProto.ListValue.VALUES_FIELD_NUMBER, size)
              : tagged(PlaitProto.Value.LIST_FIELD_NUMBER, size);
      value = header.concat(value);
    }
    byte[] bytes = value.toByteArray();
    Expect.refused(
        LIMIT_EXCEEDED,
        () ->
            StructureScan.check(
                Direction.DECODING, Limits.defaults(), bytes, PlaitProto.Value.getDescriptor()));
  }

  private static ByteString tagged(int field, int length) {
    ByteString.Output out = ByteString.newOutput();
    out.write(field << 3 | 2);
    int rest = length;
    while (rest >= 0x80) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    return out.toByteString();
  }

  @Test
  void fieldsOfEveryMessageFitTheMarks() {
    for (var file :
        List.of(
            PlaitProto.getDescriptor(),
            PlaitProto.getDescriptor(),
            PlaitProto.getDescriptor(),
            PlaitProto.getDescriptor(),
            PlaitProto.getDescriptor(),
            PlaitProto.getDescriptor())) {
      for (Descriptor message : file.getMessageTypes()) {
        assertTrue(message.getFields().size() <= Long.SIZE, message.getName());
        for (FieldDescriptor field : message.getFields()) {
          // The walk knows no other kinds.
          assertTrue(!field.isMapField() && field.getType() != FieldDescriptor.Type.FIXED32);
        }
      }
    }
  }
}
