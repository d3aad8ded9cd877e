package dev.plait.wire;

import dev.plait.change.Snapshot;
import dev.plait.clock.ElementId;
import dev.plait.clock.Stamp;
import dev.plait.codec.Limits;
import dev.plait.crdt.State;
import dev.plait.value.Content;
import dev.plait.value.Value;
import dev.plait.wire.v1.SnapshotProto;
import java.util.ArrayList;
import java.util.List;

/** Writes the states of containers. */
final class StateWriter {
  private final IdWriter ids;
  private final ContainerTable containers;
  private final ValueFormat values;

  StateWriter(Limits limits, IdWriter ids, ContainerTable containers) {
    this.ids = ids;
    this.containers = containers;
    this.values = new ValueFormat(limits);
  }

  SnapshotProto.ContainerState write(Snapshot.ContainerState entry) {
    SnapshotProto.ContainerState.Builder written =
        SnapshotProto.ContainerState.newBuilder()
            .setContainer(containers.indexOf(entry.container()));
    State state = entry.state();
    if (state instanceof State.OfRegister register) {
      written.setRegister(register(register));
    } else if (state instanceof State.OfMvRegister register) {
      written.setMvRegister(mvRegister(register));
    } else if (state instanceof State.OfSet set) {
      written.setSet(set(set));
    } else if (state instanceof State.OfCounter counter) {
      written.setCounter(counter(counter));
    } else if (state instanceof State.OfMap map) {
      written.setMap(map(map));
    } else if (state instanceof State.OfText text) {
      written.setText(text(text));
    } else if (state instanceof State.OfList list) {
      written.setList(list(list));
    }
    return written.build();
  }

  private SnapshotProto.RegisterState register(State.OfRegister state) {
    SnapshotProto.RegisterState.Builder written = SnapshotProto.RegisterState.newBuilder();
    Stamp stamp = state.stamp();
    Value value = state.value();
    if (stamp != null) {
      written.setStamp(ids.stamp(stamp));
    }
    if (value != null) {
      written.setValue(values.write(value));
    }
    return written.build();
  }

  private SnapshotProto.MvRegisterState mvRegister(State.OfMvRegister state) {
    SnapshotProto.MvRegisterState.Builder written = SnapshotProto.MvRegisterState.newBuilder();
    List<Stamp> stamps = new ArrayList<>(state.entries().size());
    for (State.MvEntry entry : state.entries()) {
      stamps.add(entry.stamp());
      written.addValues(values.write(entry.value()));
    }
    return written.setStamps(ids.stamps(stamps)).setSeen(ids.stamps(state.seen())).build();
  }

  private SnapshotProto.SetState set(State.OfSet state) {
    SnapshotProto.SetState.Builder written = SnapshotProto.SetState.newBuilder();
    List<ElementId> entryIds = new ArrayList<>(state.entries().size());
    for (State.SetEntry entry : state.entries()) {
      entryIds.add(entry.id());
      written.addValues(values.write(entry.value()));
    }
    return written.setIds(ids.elements(entryIds)).setSeen(ids.elements(state.seen())).build();
  }

  private SnapshotProto.CounterState counter(State.OfCounter state) {
    return SnapshotProto.CounterState.newBuilder()
        .setAdded(ids.contributions(state.added()))
        .setReset(ids.contributions(state.reset()))
        .build();
  }

  private SnapshotProto.MapState map(State.OfMap state) {
    SnapshotProto.MapState.Builder written = SnapshotProto.MapState.newBuilder();
    for (State.MapEntry entry : state.entries()) {
      SnapshotProto.MapEntry.Builder mapEntry =
          SnapshotProto.MapEntry.newBuilder()
              .setKey(entry.key())
              .setStamp(ids.stamp(entry.stamp()))
              .setCleared(entry.cleared());
      Content content = entry.content();
      if (content != null) {
        mapEntry.setContent(values.writeContent(content));
      }
      written.addEntries(mapEntry);
    }
    return written.build();
  }

  private SnapshotProto.TextState text(State.OfText state) {
    SnapshotProto.TextState.Builder written = SnapshotProto.TextState.newBuilder();
    List<RunShape> runs = new ArrayList<>(state.runs().size());
    StringBuilder visible = new StringBuilder();
    for (State.TextRun run : state.runs()) {
      runs.add(RunShape.of(run));
      String text = run.text();
      if (text != null) {
        visible.append(text);
      }
    }
    VisibleText.write(visible.toString(), written);
    return written.setRuns(RunColumns.write(ids, runs)).build();
  }

  private SnapshotProto.ListState list(State.OfList state) {
    SnapshotProto.ListState.Builder written = SnapshotProto.ListState.newBuilder();
    List<RunShape> runs = new ArrayList<>(state.runs().size());
    for (State.ListRun run : state.runs()) {
      runs.add(RunShape.of(run));
      List<Content> items = run.items();
      if (items != null) {
        items.forEach(item -> written.addItems(values.writeContent(item)));
      }
    }
    return written.setRuns(RunColumns.write(ids, runs)).build();
  }
}
