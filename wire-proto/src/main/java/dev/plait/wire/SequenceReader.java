package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.clock.ElementId;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.codec.Limits;
import dev.plait.crdt.RunColumns;
import dev.plait.crdt.State;
import dev.plait.value.Content;
import dev.plait.value.Unicode;
import dev.plait.wire.v1.PlaitProto;
import java.util.ArrayList;
import java.util.List;

/** Reads the states of texts and lists. */
final class SequenceReader {
  private final Limits limits;
  private final List<ReplicaId> table;
  private final IdReader ids;
  private final ValueFormat values;

  SequenceReader(Limits limits, List<ReplicaId> table, IdReader ids) {
    this.limits = limits;
    this.table = table;
    this.ids = ids;
    this.values = new ValueFormat(limits);
  }

  State text(ProtoReader in) {
    int outer = in.enter();
    RunReader reader = new RunReader(table);
    RunColumns runs = runs(in, reader);
    String visible = "";
    int tag = in.tag();
    if (tag == ProtoReader.bytesTag(RunFields.TEXT)) {
      visible = in.string();
      tag = in.tag();
    } else if (tag == ProtoReader.bytesTag(RunFields.UNITS)) {
      visible = units(in);
      tag = in.tag();
    }
    in.end(tag, "TextState", RunFields.UNITS);
    in.leave(outer);
    checkVisible(reader.visible(), visible.length());
    return new State.OfText(runs, visible);
  }

  State list(ProtoReader in) {
    int outer = in.enter();
    RunReader reader = new RunReader(table);
    RunColumns runs = runs(in, reader);
    List<Content> items = new ArrayList<>();
    int tag = in.tag();
    while (tag == ProtoReader.bytesTag(RunFields.ITEMS)) {
      if (items.size() == limits.maxListLength()) {
        throw DECODING.tooMuch("a list has more than " + limits.maxListLength() + " elements");
      }
      int end = in.contentEndNotEmpty();
      items.add(
          values.readContent(
              MessageBytes.read(
                  limits,
                  "an element",
                  in.bytes(),
                  in.position(),
                  end,
                  PlaitProto.Content.getDescriptor(),
                  PlaitProto.Content.parser())));
      in.skipTo(end);
      tag = in.tag();
    }
    State.OfList state = new State.OfList(runs, items);
    if (tag == ProtoReader.bytesTag(RunFields.REGISTERS)) {
      state = withRegisters(runs, items, registers(in));
      tag = in.tag();
    }
    in.end(tag, "ListState", RunFields.REGISTERS);
    in.leave(outer);
    checkVisible(reader.visible(), items.size());
    return state;
  }

  private PlaitProto.ListRegisters registers(ProtoReader in) {
    int end = in.contentEndNotEmpty();
    PlaitProto.ListRegisters written =
        MessageBytes.read(
            limits,
            "what was moved",
            in.bytes(),
            in.position(),
            end,
            PlaitProto.ListRegisters.getDescriptor(),
            PlaitProto.ListRegisters.parser());
    in.skipTo(end);
    return written;
  }

  private State.OfList withRegisters(
      RunColumns runs, List<Content> items, PlaitProto.ListRegisters written) {
    List<ElementId> elements = ids.elements(written.getMoved());
    List<Stamp> stamps = ids.stamps(written.getMovedAt());
    List<ElementId> positions = ids.elements(written.getMovedTo());
    DotColumns.checkColumns("moves", elements.size(), stamps.size(), positions.size());
    List<State.MovedElement> moved = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      moved.add(new State.MovedElement(elements.get(i), stamps.get(i), positions.get(i)));
    }
    elements = ids.elements(written.getReplaced());
    stamps = ids.stamps(written.getReplacedAt());
    DotColumns.checkColumns("replacements", elements.size(), stamps.size());
    List<State.ReplacedElement> replaced = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      replaced.add(new State.ReplacedElement(elements.get(i), stamps.get(i)));
    }
    return new State.OfList(runs, items, ids.ranges(written.getPositions()), moved, replaced);
  }

  private RunColumns runs(ProtoReader in, RunReader reader) {
    if (in.tag() != ProtoReader.bytesTag(RunFields.RUNS)) {
      throw DECODING.malformed("the state of a text or list has no runs");
    }
    return reader.read(in, limits);
  }

  private static String units(ProtoReader in) {
    int end = in.contentEnd();
    int from = in.position();
    if ((end - from) % Character.BYTES != 0) {
      throw DECODING.malformed("text in UTF-16 ends in the middle of a unit");
    }
    char[] visible = new char[(end - from) / Character.BYTES];
    byte[] bytes = in.bytes();
    for (int i = 0; i < visible.length; i++) {
      int high = bytes[from + 2 * i] & 0xff;
      int low = bytes[from + 2 * i + 1] & 0xff;
      visible[i] = (char) (high << Byte.SIZE | low);
    }
    in.skipTo(end);
    String text = String.valueOf(visible);
    if (Unicode.loneSurrogate(text) < 0) {
      throw DECODING.malformed("well-formed text is written as text, not as UTF-16");
    }
    return text;
  }

  /** Checks that what is visible is exactly what the runs share out. */
  private static void checkVisible(long wanted, int visible) {
    if (wanted != visible) {
      throw DECODING.malformed(
          "the runs of a sequence show " + wanted + " elements, but there are " + visible);
    }
  }
}
