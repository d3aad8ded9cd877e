package dev.plait.properties.exhaustive;

import dev.plait.crdt.AddWinsSet;
import dev.plait.crdt.Counter;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.LwwMap;
import dev.plait.crdt.LwwRegister;
import dev.plait.crdt.MvRegister;
import dev.plait.crdt.Text;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** The seven types, with two keys and two values each. */
final class SmallTypes {
  private static final List<String> KEYS = List.of("k", "l");
  private static final List<Value> VALUES = List.of(Value.of("a"), Value.of(1));

  /** One unit and two, so that there is something to insert between. */
  private static final List<String> TEXTS = List.of("a", "bc");

  private static final List<Long> AMOUNTS = List.of(1L, -2L);

  private SmallTypes() {}

  /** All of them. */
  static List<SmallType<?>> all() {
    return List.of(register(), mvRegister(), set(), counter(), map(), list(), text());
  }

  private record Small<C extends Crdt>(
      ContainerType type,
      boolean hasStamps,
      Supplier<C> instances,
      Function<C, List<Edit<C>>> offers,
      Function<C, Object> reader)
      implements SmallType<C> {
    @Override
    public C empty() {
      return instances.get();
    }

    @Override
    public List<Edit<C>> edits(C crdt) {
      return offers.apply(crdt);
    }

    @Override
    public Object visible(C crdt) {
      return reader.apply(crdt);
    }

    @Override
    public String toString() {
      return type.label();
    }
  }

  static SmallType<LwwRegister> register() {
    return new Small<>(
        ContainerType.REGISTER,
        true,
        LwwRegister::new,
        SmallTypes::editsOf,
        register -> Optional.ofNullable(register.get()));
  }

  private static List<SmallType.Edit<LwwRegister>> editsOf(LwwRegister now) {
    List<SmallType.Edit<LwwRegister>> edits = new ArrayList<>();
    VALUES.forEach(value -> edits.add((crdt, stamp, id, back) -> crdt.set(value, stamp, back)));
    if (now.hasContent()) {
      edits.add((crdt, stamp, id, back) -> crdt.clear(back));
    }
    return edits;
  }

  static SmallType<MvRegister> mvRegister() {
    return new Small<>(
        ContainerType.MV_REGISTER, true, MvRegister::new, SmallTypes::editsOf, MvRegister::values);
  }

  private static List<SmallType.Edit<MvRegister>> editsOf(MvRegister now) {
    List<SmallType.Edit<MvRegister>> edits = new ArrayList<>();
    VALUES.forEach(value -> edits.add((crdt, stamp, id, back) -> crdt.set(value, stamp, back)));
    if (now.hasContent()) {
      edits.add((crdt, stamp, id, back) -> crdt.clear(back));
    }
    return edits;
  }

  static SmallType<AddWinsSet> set() {
    return new Small<>(
        ContainerType.SET,
        false,
        AddWinsSet::new,
        SmallTypes::editsOf,
        set -> new TreeSet<>(set.values()));
  }

  private static List<SmallType.Edit<AddWinsSet>> editsOf(AddWinsSet now) {
    List<SmallType.Edit<AddWinsSet>> edits = new ArrayList<>();
    for (Value value : VALUES) {
      edits.add((crdt, stamp, id, back) -> crdt.add(value, id, back));
      if (now.contains(value)) {
        edits.add((crdt, stamp, id, back) -> crdt.remove(value, back));
      }
    }
    if (now.size() == VALUES.size()) {
      edits.add((crdt, stamp, id, back) -> crdt.clear(back));
    }
    return edits;
  }

  static SmallType<Counter> counter() {
    return new Small<>(
        ContainerType.COUNTER, true, Counter::new, SmallTypes::editsOf, Counter::value);
  }

  private static List<SmallType.Edit<Counter>> editsOf(Counter now) {
    List<SmallType.Edit<Counter>> edits = new ArrayList<>();
    AMOUNTS.forEach(amount -> edits.add((crdt, stamp, id, back) -> crdt.add(amount, stamp, back)));
    if (now.hasContent()) {
      edits.add((crdt, stamp, id, back) -> crdt.reset(back));
    }
    return edits;
  }

  static SmallType<LwwMap> map() {
    return new Small<>(
        ContainerType.MAP, true, LwwMap::new, SmallTypes::editsOf, SmallTypes::entries);
  }

  private static Map<String, Content> entries(LwwMap map) {
    Map<String, Content> entries = new TreeMap<>();
    map.forEach(entries::put);
    return entries;
  }

  private static List<SmallType.Edit<LwwMap>> editsOf(LwwMap now) {
    List<SmallType.Edit<LwwMap>> edits = new ArrayList<>();
    for (String key : KEYS) {
      VALUES.forEach(
          value -> edits.add((crdt, stamp, id, back) -> crdt.put(key, value, stamp, back)));
      if (now.get(key) != null) {
        edits.add((crdt, stamp, id, back) -> crdt.remove(key, stamp, back));
        edits.add((crdt, stamp, id, back) -> crdt.clear(key, back));
      }
    }
    return edits;
  }

  static SmallType<dev.plait.crdt.List> list() {
    return new Small<>(
        ContainerType.LIST,
        true,
        dev.plait.crdt.List::new,
        SmallTypes::editsOf,
        dev.plait.crdt.List::items);
  }

  private static List<SmallType.Edit<dev.plait.crdt.List>> editsOf(dev.plait.crdt.List now) {
    List<SmallType.Edit<dev.plait.crdt.List>> edits = new ArrayList<>();
    for (int index = 0; index <= now.size(); index++) {
      int at = index;
      for (Value value : VALUES) {
        edits.add((crdt, stamp, id, back) -> crdt.insert(at, List.of(value), id, back));
        if (at < now.size()) {
          edits.add((crdt, stamp, id, back) -> crdt.set(at, value, stamp, back));
        }
      }
      for (int other = 0; other < now.size() && at < now.size(); other++) {
        int to = other;
        edits.add(
            (crdt, stamp, id, back) ->
                at == to ? crdt.delete(at, 1, back) : crdt.move(at, to, id, stamp, back));
      }
    }
    return edits;
  }

  static SmallType<Text> text() {
    return new Small<>(ContainerType.TEXT, false, Text::new, SmallTypes::editsOf, Text::toString);
  }

  private static List<SmallType.Edit<Text>> editsOf(Text now) {
    List<SmallType.Edit<Text>> edits = new ArrayList<>();
    for (int index = 0; index <= now.length(); index++) {
      int at = index;
      TEXTS.forEach(text -> edits.add((crdt, stamp, id, back) -> crdt.insert(at, text, id, back)));
      for (int length = 1; length <= now.length() - at; length++) {
        int count = length;
        edits.add((crdt, stamp, id, back) -> crdt.delete(at, count, back));
      }
    }
    return edits;
  }
}
