package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;
import static dev.plait.wire.Direction.ENCODING;

import com.google.protobuf.ByteString;
import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import dev.plait.value.Child;
import dev.plait.value.Content;
import dev.plait.value.Unicode;
import dev.plait.value.Value;
import dev.plait.value.ValueException;
import dev.plait.wire.v1.PlaitProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values and what else map keys and list elements hold. Recursion is bounded by the nesting. */
final class ValueFormat {
  private final Limits limits;

  ValueFormat(Limits limits) {
    this.limits = limits;
  }

  PlaitProto.Content writeContent(Content content) {
    PlaitProto.Content.Builder written = PlaitProto.Content.newBuilder();
    if (content instanceof Child child) {
      written.setChildValue(child.type().number());
    } else {
      written.setValue(write((Value) content));
    }
    return written.build();
  }

  Content readContent(PlaitProto.Content written) {
    return switch (written.getContentCase()) {
      case VALUE -> read(written.getValue());
      case CHILD -> new Child(ContainerTable.readType(written.getChildValue()));
      case CONTENT_NOT_SET -> throw DECODING.malformed("an element or map key has no content");
    };
  }

  PlaitProto.Value write(Value value) {
    checkDepth(ENCODING, value.depth());
    PlaitProto.Value.Builder written = PlaitProto.Value.newBuilder();
    switch (value.type()) {
      case NULL -> written.setNull(true);
      case BOOLEAN -> written.setBoolean(value.asBoolean());
      case LONG -> written.setInteger(value.asLong());
      case DOUBLE -> written.setReal(value.asDouble());
      case STRING -> written.setText(value.asString());
      case BYTES -> written.setData(ByteString.copyFrom(value.asBytes()));
      case LIST -> written.setList(writeList(value.asList()));
      case MAP -> written.setMap(writeMap(value.asMap()));
    }
    return written.build();
  }

  private PlaitProto.ListValue writeList(List<Value> values) {
    PlaitProto.ListValue.Builder written = PlaitProto.ListValue.newBuilder();
    for (Value value : values) {
      written.addValues(write(value));
    }
    return written.build();
  }

  private PlaitProto.MapValue writeMap(Map<String, Value> entries) {
    PlaitProto.MapValue.Builder written = PlaitProto.MapValue.newBuilder();
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      written.addEntries(
          PlaitProto.MapValue.Entry.newBuilder()
              .setKey(entry.getKey())
              .setValue(write(entry.getValue())));
    }
    return written.build();
  }

  Value read(PlaitProto.Value written) {
    try {
      return read(written, 0);
    } catch (ValueException e) {
      // What a value may be at most is the same everywhere, so this is no matter of limits.
      throw new ProtocolException(
          ProtocolException.INVALID_CHANGE, "there is no such value: " + e.getMessage(), e);
    }
  }

  private Value read(PlaitProto.Value written, int depth) {
    return switch (written.getKindCase()) {
      case NULL -> {
        if (!written.getNull()) {
          throw DECODING.malformed("a null is written as true");
        }
        yield Value.nil();
      }
      case BOOLEAN -> Value.of(written.getBoolean());
      case INTEGER -> Value.of(written.getInteger());
      case REAL -> Value.of(written.getReal());
      case TEXT -> Value.of(written.getText());
      case DATA -> Value.of(written.getData().toByteArray());
      case LIST -> readList(written.getList(), depth + 1);
      case MAP -> readMap(written.getMap(), depth + 1);
      case KIND_NOT_SET -> throw DECODING.malformed("a value is missing");
    };
  }

  private Value readList(PlaitProto.ListValue written, int depth) {
    checkDepth(DECODING, depth);
    List<Value> values = new ArrayList<>(written.getValuesCount());
    for (PlaitProto.Value value : written.getValuesList()) {
      values.add(read(value, depth));
    }
    return Value.of(values);
  }

  private Value readMap(PlaitProto.MapValue written, int depth) {
    checkDepth(DECODING, depth);
    Map<String, Value> entries = new LinkedHashMap<>();
    @Nullable String previous = null;
    for (PlaitProto.MapValue.Entry entry : written.getEntriesList()) {
      if (previous != null && Unicode.CODE_POINT_ORDER.compare(previous, entry.getKey()) >= 0) {
        throw DECODING.invalid("the keys of a map ascend by code points, each once");
      }
      previous = entry.getKey();
      entries.put(previous, read(entry.getValue(), depth));
    }
    return Value.of(entries);
  }

  private void checkDepth(Direction direction, int depth) {
    if (depth > limits.maxNesting()) {
      throw direction.tooMuch(
          "values nest " + depth + " deep or deeper; at most " + limits.maxNesting());
    }
  }
}
