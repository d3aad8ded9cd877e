package dev.plait.wire;

import dev.plait.change.Change;
import dev.plait.change.ChunkHeader;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Contribution;
import dev.plait.crdt.Operation;
import dev.plait.value.BooleanValue;
import dev.plait.value.BytesValue;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.DoubleValue;
import dev.plait.value.ListValue;
import dev.plait.value.LongValue;
import dev.plait.value.MapValue;
import dev.plait.value.StringValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes as trees for {@link Json}, in the way in which {@code docs/reader} prints them. */
final class Printed {
  private Printed() {}

  /** Names and things, by turns. */
  static Map<String, @Nullable Object> map(@Nullable Object... namesAndThings) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndThings.length; i += 2) {
      map.put(String.valueOf(namesAndThings[i]), namesAndThings[i + 1]);
    }
    return map;
  }

  static <T> List<@Nullable Object> list(List<T> things, Function<T, @Nullable Object> printing) {
    List<@Nullable Object> printed = new ArrayList<>();
    things.forEach(thing -> printed.add(printing.apply(thing)));
    return printed;
  }

  static Object chunk(ChunkHeader header, List<Change> changes) {
    return map(
        "document",
        header.document(),
        "replica",
        header.replica().toString(),
        "previousTime",
        header.previousTime().bits(),
        "changes",
        list(changes, Printed::change));
  }

  private static Object change(Change change) {
    return map(
        "counter",
        change.counter(),
        "time",
        change.time().bits(),
        "firstSeq",
        change.firstSeq(),
        "dependencies",
        list(change.dependencies(), Printed::dot),
        "operations",
        list(change.operations(), Printed::operation));
  }

  static String dot(Dot dot) {
    return dot.replica() + ":" + dot.counter();
  }

  static @Nullable String id(@Nullable ElementId id) {
    return id == null ? null : id.replica() + "#" + id.seq();
  }

  static Object range(ElementRange range) {
    return Arrays.asList(id(range.first()), range.length());
  }

  static String stamp(Stamp stamp) {
    return stamp.time().bits() + "/" + stamp.replica() + "/" + stamp.ordinal();
  }

  static Object contribution(Contribution contribution) {
    return List.of(stamp(contribution.last()), contribution.sum());
  }

  static Object container(ContainerId container) {
    Deque<Object> steps = new ArrayDeque<>();
    for (ContainerId step = container; step != null; step = step.parent()) {
      Map<String, @Nullable Object> printed = map("type", type(step.type()));
      if (step.element() != null) {
        printed.put("element", id(step.element()));
      } else {
        printed.put("key", step.key());
      }
      steps.push(printed);
    }
    return new ArrayList<>(steps);
  }

  private static String type(ContainerType type) {
    return type.name();
  }

  static Object content(Content content) {
    if (content instanceof Child child) {
      return map("child", type(child.type()));
    } else if (content instanceof BooleanValue one) {
      return one.value();
    } else if (content instanceof LongValue one) {
      return one.value();
    } else if (content instanceof DoubleValue one) {
      return map("real", HexFormat.of().toHexDigits(Double.doubleToLongBits(one.value())));
    } else if (content instanceof StringValue one) {
      return one.value();
    } else if (content instanceof BytesValue one) {
      return map("data", HexFormat.of().formatHex(one.bytes()));
    } else if (content instanceof ListValue one) {
      return list(one.values(), Printed::content);
    } else if (content instanceof MapValue one) {
      List<Object> entries = new ArrayList<>();
      one.entries().forEach((key, value) -> entries.add(List.of(key, content(value))));
      return map("map", entries);
    }
    return map("null", true);
  }

  private static Object operation(ContainerOperation done) {
    Map<String, @Nullable Object> printed = map("container", container(done.container()));
    printed.putAll(operation(done.operation()));
    return printed;
  }

  private static Map<String, @Nullable Object> operation(Operation operation) {
    if (operation instanceof Operation.TextInsert one) {
      return map(
          "op",
          "text.insert",
          "first",
          id(one.first()),
          "left",
          id(one.left()),
          "right",
          id(one.right()),
          "text",
          one.text());
    } else if (operation instanceof Operation.TextDelete one) {
      return map("op", "text.delete", "ranges", list(one.ranges(), Printed::range));
    } else if (operation instanceof Operation.RegisterWrite one) {
      return map(
          "op", "register.write", "stamp", stamp(one.stamp()), "value", content(one.value()));
    } else if (operation instanceof Operation.RegisterClear one) {
      return map("op", "register.clear", "observed", stamp(one.observed()));
    } else if (operation instanceof Operation.MvWrite one) {
      return map(
          "op",
          "mv.write",
          "stamp",
          stamp(one.stamp()),
          "value",
          content(one.value()),
          "supersedes",
          list(one.supersedes(), Printed::stamp));
    } else if (operation instanceof Operation.MvClear one) {
      return map("op", "mv.clear", "observed", list(one.observed(), Printed::stamp));
    } else if (operation instanceof Operation.SetAdd one) {
      return map(
          "op",
          "set.add",
          "id",
          id(one.id()),
          "value",
          content(one.value()),
          "replaces",
          list(one.replaces(), Printed::id));
    } else if (operation instanceof Operation.SetRemove one) {
      return map("op", "set.remove", "observed", list(one.observed(), Printed::id));
    } else if (operation instanceof Operation.CounterAdd one) {
      return map("op", "counter.add", "stamp", stamp(one.stamp()), "amount", one.amount());
    } else if (operation instanceof Operation.CounterReset one) {
      return map("op", "counter.reset", "observed", list(one.observed(), Printed::contribution));
    }
    return ofMapOrList(operation);
  }

  private static Map<String, @Nullable Object> ofMapOrList(Operation operation) {
    if (operation instanceof Operation.MapPut one) {
      return map(
          "op",
          "map.put",
          "stamp",
          stamp(one.stamp()),
          "key",
          one.key(),
          "content",
          content(one.content()));
    } else if (operation instanceof Operation.MapRemove one) {
      return map("op", "map.remove", "stamp", stamp(one.stamp()), "key", one.key());
    } else if (operation instanceof Operation.MapClear one) {
      return map("op", "map.clear", "key", one.key(), "observed", stamp(one.observed()));
    } else if (operation instanceof Operation.ListInsert one) {
      return map(
          "op",
          "list.insert",
          "first",
          id(one.first()),
          "left",
          id(one.left()),
          "right",
          id(one.right()),
          "items",
          list(one.items(), Printed::content));
    } else if (operation instanceof Operation.ListDelete one) {
      return map("op", "list.delete", "ranges", list(one.ranges(), Printed::range));
    } else if (operation instanceof Operation.ListSet one) {
      return map(
          "op",
          "list.set",
          "stamp",
          stamp(one.stamp()),
          "element",
          id(one.element()),
          "value",
          content(one.value()));
    } else if (operation instanceof Operation.ListMove one) {
      return map(
          "op",
          "list.move",
          "stamp",
          stamp(one.stamp()),
          "element",
          id(one.element()),
          "position",
          id(one.position()),
          "left",
          id(one.left()),
          "right",
          id(one.right()));
    }
    throw new AssertionError("no way to print " + operation);
  }
}
