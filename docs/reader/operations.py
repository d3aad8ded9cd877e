"""Operations of a chunk that are not on text."""

from columns import Column, Texts
from values import TYPES, real

AUTHOR = 0


class OperationReader:
    """Takes them from their columns, one after another."""

    def __init__(self, payload, table):
        self.table = table
        self.runs = Column(payload.other_kinds)
        self.kind = None
        self.kind_left = 0
        self.counts = Column(payload.counts)
        self.replicas = Column(payload.named_replicas)
        self.elements = Column(payload.elements)
        self.rights = Column(payload.right_elements)
        self.ages = Column(payload.stamp_ages)
        self.ordinals = Column(payload.stamp_ordinals)
        self.integers = Column(payload.integers)
        self.reals = Column(payload.reals)
        self.kinds = Column(payload.value_kinds)
        self.data = Column(payload.data)
        self.keys = Column(payload.keys)
        self.key_lengths = list(payload.key_lengths)
        self.key_table = []
        self.text_lengths = Column(payload.text_lengths)
        self.last_elements = {}
        self.last_rights = {}
        self.texts = None

    def start(self, texts):
        """Takes the keys from the text, whose insertions were taken; texts of values follow."""
        self.new_keys = [texts.next(length) for length in self.key_lengths]
        self.texts = texts

    def next(self, time, position, next_seq):
        """The next operation, and how many things it makes."""
        if self.kind_left == 0:
            run = self.runs.next()
            self.kind = run & 15
            self.kind_left = (run >> 4) + 1
        self.kind_left -= 1
        self.time = time
        self.stamp_here = "%d/%s/%d" % (time, self.table[AUTHOR], position)
        self.next_seq = next_seq
        self.first = "%s#%d" % (self.table[AUTHOR], next_seq)
        return KINDS[self.kind](self)

    # ---- what operations are made of

    def element(self):
        return self.name(self.elements, self.last_elements)

    def right(self):
        return self.name(self.rights, self.last_rights)

    def name(self, column, last):
        replica = self.replicas.next() - 1
        if replica < 0:
            return None
        last[replica] = last.get(replica, 0) + column.next()
        self.named = replica
        return "%s#%d" % (self.table[replica], last[replica])

    def range(self):
        first = self.element()
        length = self.counts.next()
        self.last_elements[self.named] += length - 1
        return [first, length]

    def made(self, count):
        self.last_elements[AUTHOR] = self.next_seq + count - 1

    def stamp(self):
        replica = self.replicas.next() - 1
        written = self.ages.next()
        age = written >> 1 << 16 if written % 2 == 0 else written >> 1
        return "%d/%s/%d" % (self.time - age, self.table[replica], self.ordinals.next())

    def several(self, read):
        return [read() for _ in range(self.counts.next())]

    def contribution(self):
        last = self.stamp()
        return [last, self.integers.next()]

    def key(self):
        number = self.keys.next()
        if number == 0:
            self.key_table.append(self.new_keys[len(self.key_table)])
        return self.key_table[number - 1]

    def content(self):
        kind = self.kinds.next()
        return {"child": TYPES[kind - 16]} if kind >= 16 else self.value_of(kind)

    def value(self):
        return self.value_of(self.kinds.next())

    def value_of(self, kind):
        if kind == 0:
            return {"null": True}
        if kind in (1, 2):
            return kind == 2
        if kind == 3:
            return self.integers.next()
        if kind == 4:
            return real(self.reals.next())
        if kind == 5:
            return self.texts.next(self.text_lengths.next())
        if kind == 6:
            return {"data": bytes(self.several(self.data.next)).hex()}
        if kind == 7:
            return self.several(self.value)
        assert kind == 8
        return {"map": self.several(lambda: [self.key(), self.value()])}

    def finish(self):
        assert self.kind_left == 0 and len(self.key_table) == len(self.key_lengths)
        for column in (
            self.runs,
            self.counts,
            self.replicas,
            self.elements,
            self.rights,
            self.ages,
            self.ordinals,
            self.integers,
            self.reals,
            self.kinds,
            self.data,
            self.keys,
            self.text_lengths,
        ):
            column.finish()
        self.texts.finish()

    # ---- the kinds

    def register_write(self):
        return {"op": "register.write", "stamp": self.stamp_here, "value": self.value()}, 0

    def register_clear(self):
        return {"op": "register.clear", "observed": self.stamp()}, 0

    def mv_write(self):
        return {
            "op": "mv.write",
            "stamp": self.stamp_here,
            "value": self.value(),
            "supersedes": self.several(self.stamp),
        }, 0

    def mv_clear(self):
        return {"op": "mv.clear", "observed": self.several(self.stamp)}, 0

    def set_add(self):
        add = {
            "op": "set.add",
            "id": self.first,
            "value": self.value(),
            "replaces": self.several(self.element),
        }
        self.made(1)
        return add, 1

    def set_remove(self):
        return {"op": "set.remove", "observed": self.several(self.element)}, 0

    def counter_add(self):
        return {"op": "counter.add", "stamp": self.stamp_here, "amount": self.integers.next()}, 0

    def counter_reset(self):
        return {"op": "counter.reset", "observed": self.several(self.contribution)}, 0

    def map_put(self):
        return {
            "op": "map.put",
            "stamp": self.stamp_here,
            "key": self.key(),
            "content": self.content(),
        }, 0

    def map_remove(self):
        return {"op": "map.remove", "stamp": self.stamp_here, "key": self.key()}, 0

    def map_clear(self):
        return {"op": "map.clear", "key": self.key(), "observed": self.stamp()}, 0

    def list_insert(self):
        insert = {
            "op": "list.insert",
            "first": self.first,
            "left": self.element(),
            "right": self.right(),
            "items": self.several(self.content),
        }
        count = len(insert["items"])
        self.made(count)
        return insert, count

    def list_delete(self):
        return {"op": "list.delete", "ranges": self.several(self.range)}, 0

    def list_set(self):
        return {
            "op": "list.set",
            "stamp": self.stamp_here,
            "element": self.element(),
            "value": self.value(),
        }, 0

    def list_move(self):
        move = {
            "op": "list.move",
            "stamp": self.stamp_here,
            "element": self.element(),
            "position": self.first,
            "left": self.element(),
            "right": self.right(),
        }
        self.made(1)
        return move, 1


KINDS = [
    OperationReader.register_write,
    OperationReader.register_clear,
    OperationReader.mv_write,
    OperationReader.mv_clear,
    OperationReader.set_add,
    OperationReader.set_remove,
    OperationReader.counter_add,
    OperationReader.counter_reset,
    OperationReader.map_put,
    OperationReader.map_remove,
    OperationReader.map_clear,
    OperationReader.list_insert,
    OperationReader.list_delete,
    OperationReader.list_set,
    OperationReader.list_move,
]
