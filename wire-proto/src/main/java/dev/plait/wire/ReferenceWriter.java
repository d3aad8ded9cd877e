package dev.plait.wire;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.Stamp;
import org.jspecify.annotations.Nullable;

/** Writes the elements and stamps that operations name. Confined to one call. */
final class ReferenceWriter {
  private final IdWriter ids;
  private final LastSeqs lastElements = new LastSeqs(1);
  private final LastSeqs lastRights = new LastSeqs(1);
  private final ColumnWriter replicas = new ColumnWriter();
  private final ColumnWriter elements = new ColumnWriter();
  private final ColumnWriter rights = new ColumnWriter();
  private final ColumnWriter ages = new ColumnWriter();
  private final ColumnWriter ordinals = new ColumnWriter();

  ReferenceWriter(IdWriter ids) {
    this.ids = ids;
  }

  /** An element, entry or left origin; null for the start. */
  void element(@Nullable ElementId id) {
    add(id, elements, lastElements);
  }

  /** A right origin; null for the end. */
  void right(@Nullable ElementId id) {
    add(id, rights, lastRights);
  }

  private void add(@Nullable ElementId id, ColumnWriter seqs, LastSeqs lasts) {
    if (id == null) {
      replicas.add(0);
      return;
    }
    int replica = ids.replica(id.replica());
    replicas.add(replica + 1);
    seqs.addSigned(id.seq() - lasts.of(replica));
    lasts.set(replica, id.seq());
  }

  /** Elements in a row; how many is added to {@code lengths}. */
  void range(ElementRange range, ColumnWriter lengths) {
    element(range.first());
    lengths.add(range.length());
    lastElements.set(ids.replica(range.first().replica()), range.last().seq());
  }

  /** The author has made elements up to this one. */
  void made(long seq) {
    lastElements.set(RowMemory.AUTHOR, seq);
  }

  /** A stamp that an operation made at {@code now} has seen; it is not later. */
  void stamp(Stamp stamp, HybridTimestamp now) {
    replicas.add(ids.replica(stamp.replica()) + 1);
    ages.add(Steps.written(now.bits() - stamp.time().bits()));
    ordinals.add(stamp.ordinal());
  }

  /** Adds the columns to a payload. */
  void addTo(ProtoWriter payload) {
    payload.column(PayloadFields.NAMED_REPLICAS, replicas);
    payload.column(PayloadFields.ELEMENTS, elements);
    payload.column(PayloadFields.RIGHT_ELEMENTS, rights);
    payload.column(PayloadFields.STAMP_AGES, ages);
    payload.column(PayloadFields.STAMP_ORDINALS, ordinals);
  }
}
