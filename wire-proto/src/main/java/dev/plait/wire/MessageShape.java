package dev.plait.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import dev.plait.wire.v1.PlaitProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * What StructureScan has to know of the schema, worked out once: the answers of descriptors are looked up
 * anew at each question, and the scan asks several at each field.
 */
/** A kind of message of the schema, as it looks on the wire. */
final class MessageShape {
  private static final Map<Descriptor, MessageShape> ALL = all();

  private final String name;
  private final Field[] fields;
  private final @Nullable Field[] byNumber;

  /** How wide a number may be. */
  enum Width {
    BIT(1),
    UINT32(32),
    INT32(0),
    ANY(64);

    private final int bits;

    Width(int bits) {
      this.bits = bits;
    }

    boolean fits(long value) {
      return this == ANY || (this == INT32 ? value == (int) value : value >>> bits == 0);
    }
  }

  /** A field of a message. */
  static final class Field {
    private final FieldDescriptor descriptor;
    private final int number;
    private final int index;
    private final int wireType;
    private final int elementWireType;
    private final boolean isMessage;
    private final boolean isRepeated;
    private final boolean isPacked;
    private final boolean hasPresence;
    private final boolean isVersion;
    private final Width width;
    private final long choice;

    private Field(FieldDescriptor field) {
      descriptor = field;
      number = field.getNumber();
      index = field.getIndex();
      elementWireType = field.getLiteType().getWireType();
      isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      isRepeated = field.isRepeated();
      isPacked = field.isPacked();
      wireType = isPacked ? WireFormat.WIRETYPE_LENGTH_DELIMITED : elementWireType;
      hasPresence = field.hasPresence();
      isVersion = isMessage && field.getMessageType() == PlaitProto.Dots.getDescriptor();
      width =
          switch (field.getType()) {
            case UINT32 -> Width.UINT32;
            case BOOL -> Width.BIT;
            case ENUM -> Width.INT32;
            default -> Width.ANY;
          };
      choice = choice(field);
    }

    private static long choice(FieldDescriptor field) {
      List<FieldDescriptor> members =
          field.getContainingOneof() == null
              ? List.of(field)
              : field.getContainingOneof().getFields();
      long marks = 0;
      for (FieldDescriptor member : members) {
        marks |= 1L << member.getIndex();
      }
      return marks;
    }

    int number() {
      return number;
    }

    /** Where it stands among the fields of its message. */
    int index() {
      return index;
    }

    int wireType() {
      return wireType;
    }

    /** Of a packed field, the wire type of one entry; of others their own. */
    int elementWireType() {
      return elementWireType;
    }

    boolean isMessage() {
      return isMessage;
    }

    boolean isRepeated() {
      return isRepeated;
    }

    boolean isPacked() {
      return isPacked;
    }

    /** Whether it makes a difference that its default is said. */
    boolean hasPresence() {
      return hasPresence;
    }

    /** Versions and dependencies are left out when they are empty. */
    boolean isVersion() {
      return isVersion;
    }

    Width width() {
      return width;
    }

    /** By their index, a bit for this and for all others of the choice it belongs to. */
    long choice() {
      return choice;
    }

    /** The shape of the messages in it. */
    MessageShape message() {
      return of(descriptor.getMessageType());
    }

    @Override
    public String toString() {
      return descriptor.getContainingType().getName() + "." + descriptor.getName();
    }
  }

  private MessageShape(Descriptor message) {
    name = message.getName();
    fields = message.getFields().stream().map(Field::new).toArray(Field[]::new);
    int highest = 0;
    for (Field field : fields) {
      highest = Math.max(highest, field.number);
    }
    byNumber = new Field[highest + 1];
    for (Field field : fields) {
      byNumber[field.number] = field;
    }
  }

  private static Map<Descriptor, MessageShape> all() {
    Map<Descriptor, MessageShape> shapes = new HashMap<>();
    for (Descriptor message : PlaitProto.getDescriptor().getMessageTypes()) {
      addAll(shapes, message);
    }
    return Map.copyOf(shapes);
  }

  private static void addAll(Map<Descriptor, MessageShape> shapes, Descriptor message) {
    shapes.put(message, new MessageShape(message));
    message.getNestedTypes().forEach(nested -> addAll(shapes, nested));
  }

  /** The shape of a kind of message of the schema. */
  static MessageShape of(Descriptor message) {
    MessageShape shape = ALL.get(message);
    if (shape == null) {
      throw new IllegalArgumentException("not a message of the schema: " + message.getFullName());
    }
    return shape;
  }

  String name() {
    return name;
  }

  /** How many fields there are. */
  int size() {
    return fields.length;
  }

  /** The field of this number, from 1; null if there is none. */
  @Nullable Field find(long number) {
    return number < byNumber.length ? byNumber[(int) number] : null;
  }
}
