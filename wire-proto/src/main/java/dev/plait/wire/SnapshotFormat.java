package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;
import static dev.plait.wire.Direction.ENCODING;

import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.codec.Limits;

/** Writes and reads snapshots. */
final class SnapshotFormat {
  private static final int FRAME_BYTES = 64;

  private final Limits limits;

  SnapshotFormat(Limits limits) {
    this.limits = limits;
  }

  byte[] write(Snapshot snapshot) {
    SnapshotRules.check(ENCODING, limits, snapshot);
    ProtoWriter body = body(snapshot);
    // Inflated it has to stay below the limit too.
    checkSize(ENCODING, body.size());
    byte[] deflated = {};
    if (Deflation.isWorthTrying(body.size())) {
      deflated = body.deflated(limits);
    }
    boolean better =
        deflated.length > 0 && Deflation.isBetter(limits, body.size(), deflated.length);
    ProtoWriter written = new ProtoWriter(FRAME_BYTES + (better ? deflated.length : body.size()));
    FormatVersion.write(written);
    written.string(SnapshotFields.DOCUMENT, snapshot.document());
    if (better) {
      written.bytes(SnapshotFields.BODY, deflated, deflated.length);
      written.number(SnapshotFields.INFLATED, body.size());
    } else if (body.size() > 0) {
      written.message(SnapshotFields.BODY, body);
    }
    checkSize(ENCODING, written.size());
    return written.toBytes();
  }

  private ProtoWriter body(Snapshot snapshot) {
    IdWriter ids = new IdWriter();
    int authors = snapshot.authors().size();
    ColumnWriter counters = new ColumnWriter();
    ColumnWriter nextSeqs = new ColumnWriter();
    long[] lastTimes = new long[authors];
    for (int i = 0; i < authors; i++) {
      Snapshot.Author author = snapshot.authors().get(i);
      ids.replica(author.replica());
      counters.add(author.counter());
      nextSeqs.add(author.nextSeq());
      lastTimes[i] = author.lastTime().bits();
    }
    ColumnWriter heads = new ColumnWriter();
    for (Dot head : snapshot.frontier().dots()) {
      heads.add(ids.replica(head.replica()));
    }
    ContainerTable containers = new ContainerTable(limits, ids);
    StateWriter states = new StateWriter(limits, ids, containers);
    for (Snapshot.ContainerState entry : snapshot.containers()) {
      states.add(entry);
    }
    ProtoWriter body = new ProtoWriter(states.size() + 1024);
    body.replicas(SnapshotFields.REPLICAS, ids.tableFrom(0));
    body.column(SnapshotFields.COUNTERS, counters);
    body.column(SnapshotFields.NEXT_SEQS, nextSeqs);
    body.fixed64s(SnapshotFields.LAST_TIMES, lastTimes);
    body.column(SnapshotFields.HEADS, heads);
    containers.addTo(body, SnapshotFields.CONTAINERS);
    states.addTo(body);
    return body;
  }

  private void checkSize(Direction direction, int size) {
    if (size > limits.maxSnapshotBytes()) {
      throw direction.tooMuch(
          "a snapshot takes " + size + " bytes; at most " + limits.maxSnapshotBytes());
    }
  }

  Snapshot read(byte[] bytes) {
    checkSize(DECODING, bytes.length);
    ProtoReader in = new ProtoReader(bytes, 0, bytes.length);
    int tag = FormatVersion.read(in);
    String document = "";
    if (tag == ProtoReader.bytesTag(SnapshotFields.DOCUMENT)) {
      document = in.string();
      tag = in.tag();
    }
    int from = 0;
    int to = 0;
    if (tag == ProtoReader.bytesTag(SnapshotFields.BODY)) {
      to = in.contentEndNotEmpty();
      from = in.position();
      in.skipTo(to);
      tag = in.tag();
    }
    int inflated = 0;
    if (tag == ProtoReader.varintTag(SnapshotFields.INFLATED)) {
      inflated = in.smallNumber();
      tag = in.tag();
    }
    in.end(tag, "Snapshot", SnapshotFields.INFLATED);
    Snapshot snapshot;
    if (inflated == 0) {
      snapshot = new SnapshotReader(limits, bytes, from, to).read(document);
    } else {
      byte[] body =
          Deflation.inflate(
              limits, bytes, from, to, inflated, limits.maxSnapshotBytes(), "a snapshot");
      snapshot = new SnapshotReader(limits, body, 0, body.length).read(document);
    }
    SnapshotRules.check(DECODING, limits, snapshot);
    return snapshot;
  }
}
