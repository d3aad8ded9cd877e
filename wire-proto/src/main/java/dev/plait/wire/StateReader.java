package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.clock.ElementId;
import dev.plait.clock.Stamp;
import dev.plait.codec.Limits;
import dev.plait.crdt.State;
import dev.plait.value.Content;
import dev.plait.value.Value;
import dev.plait.wire.v1.SnapshotProto;
import dev.plait.wire.v1.ValueProto;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the states of containers. */
final class StateReader {
  private final IdReader ids;
  private final ValueFormat values;

  StateReader(Limits limits, IdReader ids) {
    this.ids = ids;
    this.values = new ValueFormat(limits);
  }

  State read(SnapshotProto.ContainerState written) {
    return switch (written.getStateCase()) {
      case REGISTER -> register(written.getRegister());
      case MV_REGISTER -> mvRegister(written.getMvRegister());
      case SET -> set(written.getSet());
      case COUNTER ->
          new State.OfCounter(
              ids.contributions(written.getCounter().getAdded()),
              ids.contributions(written.getCounter().getReset()));
      case MAP -> map(written.getMap());
      case LIST -> list(written.getList());
      case TEXT -> text(written.getText());
      case STATE_NOT_SET -> throw DECODING.malformed("a container has no state");
    };
  }

  private State register(SnapshotProto.RegisterState written) {
    @Nullable Stamp stamp = written.hasStamp() ? ids.stamp(written.getStamp()) : null;
    @Nullable Value value = written.hasValue() ? values.read(written.getValue()) : null;
    return new State.OfRegister(stamp, value);
  }

  private State mvRegister(SnapshotProto.MvRegisterState written) {
    List<Stamp> stamps = ids.stamps(written.getStamps());
    DotColumns.checkColumns("entries", stamps.size(), written.getValuesCount());
    List<State.MvEntry> entries = new ArrayList<>(stamps.size());
    for (int i = 0; i < stamps.size(); i++) {
      entries.add(new State.MvEntry(stamps.get(i), values.read(written.getValues(i))));
    }
    return new State.OfMvRegister(entries, ids.stamps(written.getSeen()));
  }

  private State set(SnapshotProto.SetState written) {
    List<ElementId> entryIds = ids.elements(written.getIds());
    DotColumns.checkColumns("entries", entryIds.size(), written.getValuesCount());
    List<State.SetEntry> entries = new ArrayList<>(entryIds.size());
    for (int i = 0; i < entryIds.size(); i++) {
      entries.add(new State.SetEntry(entryIds.get(i), values.read(written.getValues(i))));
    }
    return new State.OfSet(entries, ids.elements(written.getSeen()));
  }

  private State map(SnapshotProto.MapState written) {
    List<State.MapEntry> entries = new ArrayList<>(written.getEntriesCount());
    for (SnapshotProto.MapEntry entry : written.getEntriesList()) {
      @Nullable Content content =
          entry.hasContent() ? values.readContent(entry.getContent()) : null;
      entries.add(
          new State.MapEntry(
              entry.getKey(), ids.stamp(entry.getStamp()), entry.getCleared(), content));
    }
    return new State.OfMap(entries);
  }

  private State text(SnapshotProto.TextState written) {
    List<RunShape> shapes = RunColumns.read(ids, written.getRuns());
    String visible = VisibleText.read(written);
    checkVisible(shapes, visible.length());
    List<State.TextRun> runs = new ArrayList<>(shapes.size());
    int next = 0;
    for (RunShape run : shapes) {
      @Nullable String text = null;
      if (!run.deleted()) {
        text = visible.substring(next, next + run.length());
        next += run.length();
      }
      runs.add(new State.TextRun(run.first(), run.length(), run.left(), run.right(), text));
    }
    return new State.OfText(runs);
  }

  private State list(SnapshotProto.ListState written) {
    List<RunShape> shapes = RunColumns.read(ids, written.getRuns());
    checkVisible(shapes, written.getItemsCount());
    List<State.ListRun> runs = new ArrayList<>(shapes.size());
    int next = 0;
    for (RunShape run : shapes) {
      @Nullable List<Content> items = null;
      if (!run.deleted()) {
        items = new ArrayList<>(run.length());
        for (ValueProto.Content item : written.getItemsList().subList(next, next + run.length())) {
          items.add(values.readContent(item));
        }
        next += run.length();
      }
      runs.add(new State.ListRun(run.first(), run.length(), run.left(), run.right(), items));
    }
    return new State.OfList(runs);
  }

  /** Checks that what is visible is exactly what the runs share out. */
  private static void checkVisible(List<RunShape> runs, int visible) {
    long wanted = 0;
    for (RunShape run : runs) {
      wanted += run.deleted() ? 0 : run.length();
    }
    if (wanted != visible) {
      throw DECODING.malformed(
          "the runs of a sequence show " + wanted + " elements, but there are " + visible);
    }
  }
}
