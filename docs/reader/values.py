"""Containers, and values that stand as messages in snapshots."""

import struct

TYPES = [None, "REGISTER", "MV_REGISTER", "SET", "COUNTER", "MAP", "LIST", "TEXT"]


def container_paths(table, replicas):
    """The path of each container of a table: its steps from the root."""
    paths = []
    for entry in table:
        step = {"type": TYPES[entry.type]}
        if entry.HasField("element"):
            step["element"] = "%s#%d" % (replicas[entry.element.replica], entry.element.seq)
        else:
            step["key"] = entry.key
        above = [] if entry.parent == 0 else paths[entry.parent - 1]
        paths.append(above + [step])
    return paths


def real(number):
    """The 64 bits of a floating-point number; every NaN is the same one."""
    if number != number:
        return {"real": "7ff8000000000000"}
    return {"real": struct.pack(">d", number).hex()}


def value(message):
    """A value, as JSON where that is plain."""
    kind = message.WhichOneof("kind")
    if kind == "null":
        return {"null": True}
    if kind == "real":
        return real(message.real)
    if kind == "data":
        return {"data": message.data.hex()}
    if kind == "list":
        return [value(held) for held in message.list.values]
    if kind == "map":
        return {"map": [[entry.key, value(entry.value)] for entry in message.map.entries]}
    return getattr(message, kind)


def content(message):
    """A value, or the marker of a child container."""
    if message.WhichOneof("content") == "child":
        return {"child": TYPES[message.child]}
    return value(message.value)
