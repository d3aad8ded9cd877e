package dev.plait.wire;

import dev.plait.wire.RawMessage.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Damages one thing in a message and leaves everything else as it should be: the lengths of what
 * stands around it are put right, so that a decoder has to find this very thing. It knows no
 * schema: what could be a message is taken for one, what could be a column for a column.
 */
final class RawMutation {
  private static final int MOST_LEVELS = 300;

  private final Random random;

  RawMutation(Random random) {
    this.random = random;
  }

  /** The message with one thing changed, perhaps to what another message says there. */
  byte[] of(byte[] message, byte[] donor) {
    List<Field> fields = RawMessage.fields(message);
    List<Field> others = RawMessage.fields(donor);
    if (fields == null || fields.isEmpty()) {
      return message.length == 0 ? Mutation.edge(random) : Mutation.of(message, donor, random);
    }
    List<Field> changed = new ArrayList<>(fields);
    int at = random.nextInt(fields.size());
    Field field = fields.get(at);
    Field other = others == null ? null : RawMessage.find(others, field.number());
    if (field.isBytes() && field.body().length > 0 && random.nextInt(10) < 7) {
      byte[] theirs = other == null ? field.body() : other.body();
      changed.set(at, new Field(field.tag(), inside(field.body(), theirs)));
      return RawMessage.write(changed);
    }
    switch (random.nextInt(11)) {
      case 0 -> changed.remove(at);
      case 1 -> changed.add(random.nextInt(changed.size() + 1), field);
      case 2 -> changed.add(at, field);
      case 3 -> Collections.swap(changed, at, random.nextInt(changed.size()));
      case 4 -> changed.set(at, new Field(random.nextInt(200), field.body()));
      case 5 -> changed.set(at, other == null ? field : other);
      case 6 -> changed.add(Field.of(1 + random.nextInt(30), random.nextInt(3)));
      case 7 -> changed.set(at, new Field(field.tag(), new byte[field.isBytes() ? 0 : 1]));
      case 8 -> changed.set(at, nested(field));
      case 9 -> {
        return RawMessage.join(
            List.of(
                RawMessage.write(fields.subList(0, at)),
                lying(field),
                RawMessage.write(fields.subList(at + 1, fields.size()))));
      }
      default -> changed.set(at, new Field(field.tag(), number(field)));
    }
    return RawMessage.write(changed);
  }

  private byte[] number(Field field) {
    if (!field.isVarint()) {
      return Mutation.of(field.body(), random);
    }
    return random.nextInt(3) == 0
        ? Mutation.edge(random)
        : RawMessage.varint(field.value() + random.nextInt(5) - 2);
  }

  /** A field that says another length than it has. */
  private byte[] lying(Field field) {
    byte[] length =
        random.nextBoolean()
            ? Mutation.edge(random)
            : RawMessage.varint(field.body().length + random.nextInt(5) - 2);
    return RawMessage.join(
        List.of(RawMessage.varint(field.tag()), length, field.isBytes() ? field.body() : length));
  }

  /** A field inside itself, many times. */
  private Field nested(Field field) {
    Field outermost = field;
    for (int i = random.nextInt(MOST_LEVELS); i > 0; i--) {
      outermost = Field.of(Math.max(1, field.number()), outermost.written());
    }
    return outermost;
  }

  private byte[] inside(byte[] content, byte[] theirs) {
    List<Field> fields = RawMessage.fields(content);
    boolean isMessage = fields != null && !fields.isEmpty();
    List<byte[]> numbers = RawMessage.column(content);
    switch (random.nextInt(10)) {
      case 0 -> {
        return Mutation.of(content, theirs, random);
      }
      case 1 -> {
        return Arrays.copyOf(content, random.nextInt(content.length));
      }
      default -> {
        if (isMessage && (numbers == null || random.nextInt(3) > 0)) {
          return of(content, theirs);
        }
        return numbers == null ? Mutation.of(content, theirs, random) : column(numbers);
      }
    }
  }

  private byte[] column(List<byte[]> numbers) {
    List<byte[]> changed = new ArrayList<>(numbers);
    int at = random.nextInt(changed.size());
    switch (random.nextInt(6)) {
      case 0 -> changed.remove(at);
      case 1 -> changed.add(at, changed.get(at));
      case 2 -> Collections.swap(changed, at, random.nextInt(changed.size()));
      case 3 -> changed.add(at, Mutation.edge(random));
      case 4 -> changed.set(at, Mutation.edge(random));
      default ->
          changed.set(
              at, RawMessage.varint(Field.of(1, changed.get(at)).value() + random.nextInt(7) - 3));
    }
    return RawMessage.join(changed);
  }
}
