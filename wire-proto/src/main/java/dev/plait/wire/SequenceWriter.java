package dev.plait.wire;

import dev.plait.codec.Limits;
import dev.plait.crdt.State;
import dev.plait.value.Content;
import dev.plait.value.Unicode;
import dev.plait.wire.v1.PlaitProto;

/** Writes the states of texts and lists. */
final class SequenceWriter {
  private final Limits limits;
  private final IdWriter ids;
  private final ValueFormat values;

  SequenceWriter(Limits limits, IdWriter ids) {
    this.limits = limits;
    this.ids = ids;
    this.values = new ValueFormat(limits);
  }

  /**
   * Runs may be cut inside a surrogate pair, so the text is written as one piece, in which the
   * halves meet again; only where half of a pair really stands alone, which UTF-8 can't say, the
   * piece is written as UTF-16.
   */
  ProtoWriter text(State.OfText state) {
    ProtoWriter runs = RunWriter.write(ids, state.columns());
    String visible = state.visible();
    ProtoWriter written = new ProtoWriter(runs.size() + visible.length() + 32);
    written.message(RunFields.RUNS, runs);
    if (Unicode.loneSurrogate(visible) < 0) {
      written.string(RunFields.TEXT, visible);
    } else {
      byte[] units = new byte[Character.BYTES * visible.length()];
      for (int i = 0; i < visible.length(); i++) {
        units[2 * i] = (byte) (visible.charAt(i) >>> Byte.SIZE);
        units[2 * i + 1] = (byte) visible.charAt(i);
      }
      written.bytes(RunFields.UNITS, units, units.length);
    }
    return written;
  }

  ProtoWriter list(State.OfList state) {
    ProtoWriter runs = RunWriter.write(ids, state.columns());
    ProtoWriter written = new ProtoWriter(2 * runs.size() + 32);
    written.message(RunFields.RUNS, runs);
    for (Content item : state.visible()) {
      byte[] bytes =
          MessageBytes.write(
              limits, "an element", limits.maxSnapshotBytes(), values.writeContent(item));
      written.bytes(RunFields.ITEMS, bytes, bytes.length);
    }
    if (!(state.positions().isEmpty() && state.moved().isEmpty() && state.replaced().isEmpty())) {
      byte[] bytes =
          MessageBytes.write(limits, "what was moved", limits.maxSnapshotBytes(), registers(state));
      written.bytes(RunFields.REGISTERS, bytes, bytes.length);
    }
    return written;
  }

  private PlaitProto.ListRegisters registers(State.OfList state) {
    PlaitProto.ListRegisters.Builder written = PlaitProto.ListRegisters.newBuilder();
    if (!state.positions().isEmpty()) {
      written.setPositions(ids.ranges(state.positions()));
    }
    if (!state.moved().isEmpty()) {
      written
          .setMoved(ids.elements(state.moved().stream().map(State.MovedElement::element).toList()))
          .setMovedAt(ids.stamps(state.moved().stream().map(State.MovedElement::stamp).toList()))
          .setMovedTo(
              ids.elements(state.moved().stream().map(State.MovedElement::position).toList()));
    }
    if (!state.replaced().isEmpty()) {
      written
          .setReplaced(
              ids.elements(state.replaced().stream().map(State.ReplacedElement::element).toList()))
          .setReplacedAt(
              ids.stamps(state.replaced().stream().map(State.ReplacedElement::stamp).toList()));
    }
    return written.build();
  }
}
