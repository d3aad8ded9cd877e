package dev.plait.wire;

import dev.plait.change.Snapshot;
import dev.plait.crdt.RunColumns;
import dev.plait.crdt.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Snapshots as trees for {@link Json}, in the way in which {@code docs/reader} prints them. */
final class PrintedState {
  private PrintedState() {}

  static Object snapshot(Snapshot snapshot) {
    return Printed.map(
        "document",
        snapshot.document(),
        "authors",
        Printed.list(
            snapshot.authors(),
            one ->
                Printed.map(
                    "replica",
                    one.replica().toString(),
                    "counter",
                    one.counter(),
                    "nextSeq",
                    one.nextSeq(),
                    "lastTime",
                    one.lastTime().bits())),
        "heads",
        Printed.list(snapshot.frontier().dots(), Printed::dot),
        "containers",
        Printed.list(
            snapshot.containers(),
            one ->
                Printed.map(
                    "container", Printed.container(one.container()), "state", state(one.state()))));
  }

  private static Object state(State state) {
    if (state instanceof State.OfRegister one) {
      return Printed.map(
          "stamp",
          one.stamp() == null ? null : Printed.stamp(one.stamp()),
          "value",
          one.value() == null ? null : Printed.content(one.value()));
    } else if (state instanceof State.OfMvRegister one) {
      return Printed.map(
          "entries",
          Printed.list(
              one.entries(),
              entry -> List.of(Printed.stamp(entry.stamp()), Printed.content(entry.value()))),
          "seen",
          Printed.list(one.seen(), Printed::stamp));
    } else if (state instanceof State.OfSet one) {
      return Printed.map(
          "entries",
          Printed.list(
              one.entries(),
              entry -> Arrays.asList(Printed.id(entry.id()), Printed.content(entry.value()))),
          "seen",
          Printed.list(one.seen(), Printed::id));
    } else if (state instanceof State.OfCounter one) {
      return Printed.map(
          "added",
          Printed.list(one.added(), Printed::contribution),
          "reset",
          Printed.list(one.reset(), Printed::contribution));
    } else if (state instanceof State.OfMap one) {
      return Printed.map("entries", Printed.list(one.entries(), PrintedState::entry));
    } else if (state instanceof State.OfText one) {
      return text(one);
    } else if (state instanceof State.OfList one) {
      return list(one);
    }
    throw new AssertionError("no way to print " + state);
  }

  private static Object entry(State.MapEntry entry) {
    return Printed.map(
        "key",
        entry.key(),
        "stamp",
        Printed.stamp(entry.stamp()),
        "cleared",
        entry.cleared(),
        "content",
        entry.content() == null ? null : Printed.content(entry.content()));
  }

  private static Object text(State.OfText text) {
    List<Object> runs = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < text.columns().size(); i++) {
      Map<String, @Nullable Object> run = run(text.columns(), i);
      int to = from + visible(text.columns(), i);
      run.put("text", to == from ? null : text.visible().substring(from, to));
      runs.add(run);
      from = to;
    }
    return Printed.map("runs", runs);
  }

  private static Object list(State.OfList list) {
    List<Object> runs = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < list.columns().size(); i++) {
      Map<String, @Nullable Object> run = run(list.columns(), i);
      int to = from + visible(list.columns(), i);
      run.put(
          "items",
          to == from ? null : Printed.list(list.visible().subList(from, to), Printed::content));
      runs.add(run);
      from = to;
    }
    return Printed.map(
        "runs",
        runs,
        "positions",
        Printed.list(list.positions(), Printed::range),
        "moved",
        Printed.list(
            list.moved(),
            one ->
                Arrays.asList(
                    Printed.id(one.element()),
                    Printed.stamp(one.stamp()),
                    Printed.id(one.position()))),
        "replaced",
        Printed.list(
            list.replaced(),
            one -> Arrays.asList(Printed.id(one.element()), Printed.stamp(one.stamp()))));
  }

  private static int visible(RunColumns runs, int run) {
    return runs.isDeleted(run) ? 0 : runs.length(run);
  }

  private static Map<String, @Nullable Object> run(RunColumns runs, int run) {
    return Printed.map(
        "first",
        Printed.id(runs.first(run)),
        "length",
        runs.length(run),
        "left",
        Printed.id(runs.left(run)),
        "right",
        Printed.id(runs.right(run)),
        "deleted",
        runs.isDeleted(run));
  }
}
