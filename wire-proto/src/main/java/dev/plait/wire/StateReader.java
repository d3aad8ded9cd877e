package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.clock.ElementId;
import dev.plait.clock.Stamp;
import dev.plait.codec.Limits;
import dev.plait.crdt.State;
import dev.plait.value.Content;
import dev.plait.value.Value;
import dev.plait.wire.v1.PlaitProto;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the states of containers that are not texts or lists. */
final class StateReader {
  private final IdReader ids;
  private final ValueFormat values;

  StateReader(Limits limits, IdReader ids) {
    this.ids = ids;
    this.values = new ValueFormat(limits);
  }

  State read(PlaitProto.ContainerState written) {
    return switch (written.getStateCase()) {
      case REGISTER -> register(written.getRegister());
      case MV_REGISTER -> mvRegister(written.getMvRegister());
      case SET -> set(written.getSet());
      case COUNTER ->
          new State.OfCounter(
              ids.contributions(written.getCounter().getAdded()),
              ids.contributions(written.getCounter().getReset()));
      case MAP -> map(written.getMap());
      case LIST, TEXT -> throw DECODING.malformed("the state of a container comes twice");
      case STATE_NOT_SET -> throw DECODING.malformed("a container has no state");
    };
  }

  private State register(PlaitProto.RegisterState written) {
    @Nullable Stamp stamp = written.hasStamp() ? ids.stamp(written.getStamp()) : null;
    @Nullable Value value = written.hasValue() ? values.read(written.getValue()) : null;
    return new State.OfRegister(stamp, value);
  }

  private State mvRegister(PlaitProto.MvRegisterState written) {
    List<Stamp> stamps = ids.stamps(written.getStamps());
    DotColumns.checkColumns("entries", stamps.size(), written.getValuesCount());
    List<State.MvEntry> entries = new ArrayList<>(stamps.size());
    for (int i = 0; i < stamps.size(); i++) {
      entries.add(new State.MvEntry(stamps.get(i), values.read(written.getValues(i))));
    }
    return new State.OfMvRegister(entries, ids.stamps(written.getSeen()));
  }

  private State set(PlaitProto.SetState written) {
    List<ElementId> entryIds = ids.elements(written.getIds());
    DotColumns.checkColumns("entries", entryIds.size(), written.getValuesCount());
    List<State.SetEntry> entries = new ArrayList<>(entryIds.size());
    for (int i = 0; i < entryIds.size(); i++) {
      entries.add(new State.SetEntry(entryIds.get(i), values.read(written.getValues(i))));
    }
    return new State.OfSet(entries, ids.elements(written.getSeen()));
  }

  private State map(PlaitProto.MapState written) {
    List<State.MapEntry> entries = new ArrayList<>(written.getEntriesCount());
    for (PlaitProto.MapEntry entry : written.getEntriesList()) {
      @Nullable Content content =
          entry.hasContent() ? values.readContent(entry.getContent()) : null;
      entries.add(
          new State.MapEntry(
              entry.getKey(), ids.stamp(entry.getStamp()), entry.getCleared(), content));
    }
    return new State.OfMap(entries);
  }
}
