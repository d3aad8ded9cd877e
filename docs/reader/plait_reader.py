#!/usr/bin/env python3
"""Prints chunks and snapshots of Plait as JSON: a second reader, written from docs/formats.md and
plait.proto alone, with nothing but the protobuf runtime of this language (pip install protobuf).

    plait_reader.py DESCRIPTORS chunk FILE       a file of hexadecimal digits
    plait_reader.py DESCRIPTORS snapshot FILE
    plait_reader.py DESCRIPTORS                  lines "chunk HEX" or "snapshot HEX" from stdin

DESCRIPTORS is the FileDescriptorSet of plait.proto, which the build leaves in
wire-proto/target/plait-descriptors.bin (protoc --descriptor_set_out writes it as well).

It believes what it reads: a reader for bytes of strangers checks everything that
docs/formats.md names, and its limits, before it builds anything.

How things are printed: a replica as its 32 digits, an element as "replica#number", a stamp as
"time/replica/position", a change as "replica:counter", a container as the steps of its path.
Floating-point numbers are printed as their 64 bits, bytes as hexadecimal digits.
"""

import json
import sys
import zlib

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

from columns import Column, Texts, utf16
from operations import OperationReader
from runs import read_runs
from rows import read_rows
from values import container_paths, content, value


class Schema:
    """The messages of plait.proto."""

    def __init__(self, path):
        descriptors = descriptor_pb2.FileDescriptorSet()
        with open(path, "rb") as file:
            descriptors.ParseFromString(file.read())
        pool = descriptor_pool.DescriptorPool()
        for proto in descriptors.file:
            pool.Add(proto)
        self.pool = pool

    def parse(self, name, data):
        descriptor = self.pool.FindMessageTypeByName("plait.v1." + name)
        message = message_factory.GetMessageClass(descriptor)()
        message.ParseFromString(data)
        return message


def inflated(data, size):
    """What stands inside, which is deflated if a size is given."""
    if size == 0:
        return data
    plain = zlib.decompress(data, wbits=-15)
    assert len(plain) == size
    return plain


def replicas(data):
    """The names in a table of replicas: 16 bytes each, one after another."""
    assert len(data) % 16 == 0
    return [data[i : i + 16].hex() for i in range(0, len(data), 16)]


def check_version(message):
    assert message.version == 1 and message.ordering == "fuguemax"


def step(written):
    """A step of time: even for whole milliseconds, of which a time holds 65536 parts."""
    return written >> 1 << 16 if written % 2 == 0 else written >> 1


def read_changes(header, payload, table):
    """Counters, times, dependencies and numbers of operations of all changes of a chunk."""
    count = header.following + 1
    time = header.first_time
    named = replicas(header.dependencies.replicas)
    dots = list(zip(named, header.dependencies.counters))
    last = {replica: counter for replica, counter in dots}
    assert len(payload.steps) == len(payload.step_repeats)
    assert len(payload.operations) == len(payload.operation_repeats)
    steps = [
        step(written)
        for written, repeats in zip(payload.steps, payload.step_repeats)
        for _ in range(repeats + 1)
    ]
    operations = [
        number
        for number, repeats in zip(payload.operations, payload.operation_repeats)
        for _ in range(repeats + 1)
    ] or [1] * count
    assert len(steps) == count - 1 and len(operations) == count
    dependents = {}
    at = 0
    counts = Column(payload.dependency_counts)
    ids = Column(payload.dependency_replicas)
    counters = Column(payload.dependency_counters)
    for distance in payload.dependents:
        at += distance
        dependents[at] = []
        for _ in range(counts.next()):
            replica = table[ids.next()]
            last[replica] = last.get(replica, 0) + counters.next()
            dependents[at].append((replica, last[replica]))
    changes = []
    for i in range(count):
        if i > 0:
            time += steps[i - 1]
        depends = dots if i == 0 else dependents.get(i, [])
        changes.append(
            {
                "counter": header.first_counter + i,
                "time": time,
                "firstSeq": 0,
                "dependencies": [replica + ":" + str(counter) for replica, counter in depends],
                "operations": operations[i],
            }
        )
    assert time == header.first_time + header.time_span
    for column in (counts, ids, counters):
        column.finish()
    return changes


def read_chunk(schema, data):
    chunk = schema.parse("Chunk", data)
    header = chunk.header
    check_version(header)
    assert header.revision == 0, "the payload needs a newer reader"
    payload = schema.parse("ChunkPayload", inflated(chunk.payload, chunk.inflated))
    table = (
        replicas(header.replica)
        + replicas(header.dependencies.replicas)
        + replicas(payload.replicas)
    )
    changes = read_changes(header, payload, table)
    paths = container_paths(payload.containers, table)
    others = OperationReader(payload, table)
    texts = Texts(payload.text)
    operations = read_rows(payload, table, paths, changes, others, texts)
    first = 0
    for change in changes:
        count = change["operations"]
        change["operations"] = operations[first : first + count]
        first += count
    assert first == len(operations)
    return {
        "document": header.document,
        "replica": table[0],
        "previousTime": header.first_time - step(header.since_previous)
        if header.since_previous
        else 0,
        "changes": changes,
    }


def stamp(table, time, replica, ordinal):
    return "%d/%s/%d" % (time, table[replica], ordinal)


def stamps(table, column):
    assert len(column.times) == len(column.replicas) == len(column.ordinals)
    return [
        stamp(table, *parts) for parts in zip(column.times, column.replicas, column.ordinals)
    ]


def elements(table, column):
    assert len(column.replicas) == len(column.seqs)
    return [
        "%s#%d" % (table[replica], seq) for replica, seq in zip(column.replicas, column.seqs)
    ]


def contributions(table, column):
    lasts = stamps(table, column.last)
    assert len(lasts) == len(column.sums)
    return [list(parts) for parts in zip(lasts, column.sums)]


def one_stamp(table, message):
    return stamp(table, message.time, message.replica, message.ordinal)


def register_state(table, state):
    return {
        "stamp": one_stamp(table, state.stamp) if state.HasField("stamp") else None,
        "value": value(state.value) if state.HasField("value") else None,
    }


def mv_register_state(table, state):
    shown = stamps(table, state.stamps)
    assert len(shown) == len(state.values)
    return {
        "entries": [[at, value(held)] for at, held in zip(shown, state.values)],
        "seen": stamps(table, state.seen),
    }


def set_state(table, state):
    ids = elements(table, state.ids)
    assert len(ids) == len(state.values)
    return {
        "entries": [[entry, value(held)] for entry, held in zip(ids, state.values)],
        "seen": elements(table, state.seen),
    }


def counter_state(table, state):
    return {
        "added": contributions(table, state.added),
        "reset": contributions(table, state.reset),
    }


def map_state(table, state):
    return {
        "entries": [
            {
                "key": entry.key,
                "stamp": one_stamp(table, entry.stamp),
                "cleared": entry.cleared,
                "content": content(entry.content) if entry.HasField("content") else None,
            }
            for entry in state.entries
        ]
    }


def list_state(table, state):
    runs = read_runs(state.runs, table)
    items = iter(state.items)
    for run in runs:
        run["items"] = (
            None if run["deleted"] else [content(next(items)) for _ in range(run["length"])]
        )
    assert next(items, None) is None
    registers = state.registers
    ranges = registers.positions
    return {
        "runs": runs,
        "positions": [
            ["%s#%d" % (table[replica], first), length]
            for replica, first, length in zip(ranges.replicas, ranges.firsts, ranges.lengths)
        ],
        "moved": [
            list(parts)
            for parts in zip(
                elements(table, registers.moved),
                stamps(table, registers.moved_at),
                elements(table, registers.moved_to),
            )
        ],
        "replaced": [
            list(parts)
            for parts in zip(
                elements(table, registers.replaced), stamps(table, registers.replaced_at)
            )
        ],
    }


def text_state(table, state):
    runs = read_runs(state.runs, table)
    units = state.units if state.WhichOneof("visible") == "units" else utf16(state.text)
    texts = Texts.of_units(units)
    for run in runs:
        run["text"] = None if run["deleted"] else texts.next(run["length"])
    texts.finish()
    return {"runs": runs}


STATES = {
    "register": register_state,
    "mv_register": mv_register_state,
    "set": set_state,
    "counter": counter_state,
    "map": map_state,
    "list": list_state,
    "text": text_state,
}


def read_snapshot(schema, data):
    snapshot = schema.parse("Snapshot", data)
    check_version(snapshot)
    body = schema.parse("SnapshotBody", inflated(snapshot.body, snapshot.inflated))
    table = replicas(body.replicas)
    paths = container_paths(body.containers, table)
    states = []
    for entry in body.states:
        kind = entry.WhichOneof("state")
        states.append(
            {
                "container": paths[entry.container],
                "state": STATES[kind](table, getattr(entry, kind)),
            }
        )
    return {
        "document": snapshot.document,
        "authors": [
            {"replica": replica, "counter": counter, "nextSeq": seq, "lastTime": time}
            for replica, counter, seq, time in zip(
                table, body.counters, body.next_seqs, body.last_times
            )
        ],
        "heads": ["%s:%d" % (table[head], body.counters[head]) for head in body.heads],
        "containers": states,
    }


READERS = {"chunk": read_chunk, "snapshot": read_snapshot}


def main(arguments):
    schema = Schema(arguments[0])
    if len(arguments) == 3:
        with open(arguments[2], encoding="ascii") as file:
            found = READERS[arguments[1]](schema, bytes.fromhex(file.read()))
        print(json.dumps(found, indent=2))
        return
    for line in sys.stdin:
        kind, digits = line.split()
        found = READERS[kind](schema, bytes.fromhex(digits))
        print(json.dumps(found, separators=(",", ":")), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
