package dev.plait.wire;

import dev.plait.change.Snapshot;
import dev.plait.clock.ElementId;
import dev.plait.clock.Stamp;
import dev.plait.codec.Limits;
import dev.plait.crdt.State;
import dev.plait.value.Content;
import dev.plait.value.Value;
import dev.plait.wire.v1.PlaitProto;
import java.util.ArrayList;
import java.util.List;

/** Writes the states of containers. */
final class StateWriter {
  private final Limits limits;
  private final IdWriter ids;
  private final ContainerTable containers;
  private final ValueFormat values;
  private final SequenceWriter sequences;
  private final List<ProtoWriter> written = new ArrayList<>();
  private long size;

  StateWriter(Limits limits, IdWriter ids, ContainerTable containers) {
    this.limits = limits;
    this.ids = ids;
    this.containers = containers;
    this.values = new ValueFormat(limits);
    this.sequences = new SequenceWriter(limits, ids);
  }

  /** Takes in a state. */
  void add(Snapshot.ContainerState entry) {
    int container = containers.indexOf(entry.container());
    State state = entry.state();
    if (state instanceof State.OfText text) {
      addSequence(container, SnapshotFields.TEXT, sequences.text(text));
    } else if (state instanceof State.OfList list) {
      addSequence(container, SnapshotFields.LIST, sequences.list(list));
    } else {
      byte[] bytes =
          MessageBytes.write(
              limits,
              "the state of a container",
              limits.maxSnapshotBytes(),
              other(container, state));
      ProtoWriter message = new ProtoWriter(bytes.length);
      message.raw(bytes);
      add(message);
    }
  }

  private void addSequence(int container, int field, ProtoWriter state) {
    ProtoWriter message = new ProtoWriter(state.size() + 32);
    message.number(SnapshotFields.CONTAINER, container);
    message.message(field, state);
    add(message);
  }

  private void add(ProtoWriter message) {
    written.add(message);
    size += message.size();
  }

  /** About how many bytes all states take. */
  int size() {
    return (int) Math.min(size, limits.maxSnapshotBytes());
  }

  /** Adds all states to a message. */
  void addTo(ProtoWriter body) {
    for (ProtoWriter state : written) {
      body.message(SnapshotFields.STATES, state);
    }
  }

  private PlaitProto.ContainerState other(int container, State state) {
    PlaitProto.ContainerState.Builder message =
        PlaitProto.ContainerState.newBuilder().setContainer(container);
    if (state instanceof State.OfRegister register) {
      message.setRegister(register(register));
    } else if (state instanceof State.OfMvRegister register) {
      message.setMvRegister(mvRegister(register));
    } else if (state instanceof State.OfSet set) {
      message.setSet(set(set));
    } else if (state instanceof State.OfCounter counter) {
      message.setCounter(counter(counter));
    } else if (state instanceof State.OfMap map) {
      message.setMap(map(map));
    }
    return message.build();
  }

  private PlaitProto.RegisterState register(State.OfRegister state) {
    PlaitProto.RegisterState.Builder written = PlaitProto.RegisterState.newBuilder();
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

  private PlaitProto.MvRegisterState mvRegister(State.OfMvRegister state) {
    PlaitProto.MvRegisterState.Builder written = PlaitProto.MvRegisterState.newBuilder();
    List<Stamp> stamps = new ArrayList<>(state.entries().size());
    for (State.MvEntry entry : state.entries()) {
      stamps.add(entry.stamp());
      written.addValues(values.write(entry.value()));
    }
    return written.setStamps(ids.stamps(stamps)).setSeen(ids.stamps(state.seen())).build();
  }

  private PlaitProto.SetState set(State.OfSet state) {
    PlaitProto.SetState.Builder written = PlaitProto.SetState.newBuilder();
    List<ElementId> entryIds = new ArrayList<>(state.entries().size());
    for (State.SetEntry entry : state.entries()) {
      entryIds.add(entry.id());
      written.addValues(values.write(entry.value()));
    }
    return written.setIds(ids.elements(entryIds)).setSeen(ids.elements(state.seen())).build();
  }

  private PlaitProto.CounterState counter(State.OfCounter state) {
    return PlaitProto.CounterState.newBuilder()
        .setAdded(ids.contributions(state.added()))
        .setReset(ids.contributions(state.reset()))
        .build();
  }

  private PlaitProto.MapState map(State.OfMap state) {
    PlaitProto.MapState.Builder written = PlaitProto.MapState.newBuilder();
    for (State.MapEntry entry : state.entries()) {
      PlaitProto.MapEntry.Builder mapEntry =
          PlaitProto.MapEntry.newBuilder()
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
}
