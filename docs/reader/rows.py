"""Rows: operations on text, and where the others stand between them."""

from columns import Column

INSERT, DELETE, DELETE_BACK, JOINED, OTHER = range(5)
AUTHOR = 0


class Moments:
    """The change each operation belongs to, and the numbers of what it makes."""

    def __init__(self, changes, first_seq):
        self.changes = changes
        self.change = 0
        self.position = -1
        self.next_seq = first_seq
        changes[0]["firstSeq"] = first_seq

    def begin(self):
        """Goes on to the next operation."""
        self.position += 1
        if self.position == self.changes[self.change]["operations"]:
            self.change += 1
            self.position = 0
            self.changes[self.change]["firstSeq"] = self.next_seq

    def time(self):
        return self.changes[self.change]["time"]


class RowReader:
    """The rows of a payload."""

    def __init__(self, payload, table, paths, changes, others):
        self.table = table
        self.paths = paths
        self.others = others
        self.rows = payload.rows
        self.containers = Column(payload.row_containers)
        self.operations = Column(payload.row_operations, absent=1)
        self.widths = Column(payload.row_widths, absent=1)
        self.replicas = Column(payload.id_replicas, absent=0)
        self.lefts = Column(payload.lefts)
        self.rights = Column(payload.rights)
        self.targets = Column(payload.targets)
        self.moments = Moments(changes, payload.first_seq)
        self.last = {}
        self.cursor = None
        self.right_before = None
        self.container = 0
        self.found = []

    def read(self):
        for row in self.rows:
            kind = row & 7
            if row & 128:
                self.container = self.containers.next()
            count = 1 if kind == JOINED else self.operations.next()
            if kind == OTHER:
                self.read_others(count)
            elif kind == INSERT:
                self.read_inserts(row, count, self.widths.next())
            else:
                self.read_deletes(row, kind, count, self.widths.next())

    def name(self, column):
        replica = self.replicas.next()
        self.last[replica] = self.last.get(replica, 0) + column.next()
        return replica, self.last[replica]

    def show(self, element):
        return None if element is None else "%s#%d" % (self.table[element[0]], element[1])

    def add(self, operation):
        self.found.append({"container": self.paths[self.container], **operation})

    def read_inserts(self, row, count, width):
        how = row >> 3 & 3
        left = None
        if how == 0:
            left = (AUTHOR, self.moments.next_seq - 1)
        elif how == 1:
            left = self.cursor
        elif how == 3:
            left = self.name(self.lefts)
        how = row >> 5 & 3
        right = None
        if how == 0:
            right = (left[0], left[1] + 1)
        elif how == 1:
            right = self.right_before
        elif how == 3:
            right = self.name(self.rights)
        self.right_before = right
        for _ in range(count):
            self.moments.begin()
            first = self.moments.next_seq
            self.add(
                {
                    "op": "text.insert",
                    "first": self.show((AUTHOR, first)),
                    "left": self.show(left),
                    "right": self.show(right),
                    "text": width,
                }
            )
            self.moments.next_seq += width
            left = (AUTHOR, self.moments.next_seq - 1)
        self.cursor = left
        self.last[AUTHOR] = left[1]

    def read_deletes(self, row, kind, count, width):
        how = row >> 3 & 3
        if how == 0:
            replica, seq = self.cursor[0], self.cursor[1] - width + 1
        elif how == 1:
            replica, seq = self.cursor[0], self.cursor[1] + 1
        else:
            replica, seq = self.name(self.targets)
        lowest = seq
        for _ in range(count):
            lowest = min(lowest, seq)
            deleted = [self.show((replica, seq)), width]
            if kind == JOINED:
                self.found[-1]["ranges"].append(deleted)
            else:
                self.moments.begin()
                self.add({"op": "text.delete", "ranges": [deleted]})
            seq += -width if kind == DELETE_BACK else width
        self.cursor = (replica, lowest - 1)
        self.last[replica] = lowest - 1

    def read_others(self, count):
        for _ in range(count):
            self.moments.begin()
            operation, made = self.others.next(
                self.moments.time(), self.moments.position, self.moments.next_seq
            )
            self.add(operation)
            self.moments.next_seq += made

    def finish(self):
        for column in (
            self.containers,
            self.operations,
            self.widths,
            self.replicas,
            self.lefts,
            self.rights,
            self.targets,
        ):
            column.finish()


def read_rows(payload, table, paths, changes, others, texts):
    """All operations of a chunk, in order; completes what is known of its changes."""
    rows = RowReader(payload, table, paths, changes, others)
    # Insertions come first in the text, then keys, then texts of values.
    inserted = texts.next(inserted_units(payload))
    others.start(texts)
    rows.read()
    rows.finish()
    others.finish()
    units = texts.__class__(inserted)
    for operation in rows.found:
        if operation["op"] == "text.insert":
            operation["text"] = units.next(operation["text"])
    units.finish()
    return rows.found


def inserted_units(payload):
    """How many units all insertions have together."""
    operations = Column(payload.row_operations, absent=1)
    widths = Column(payload.row_widths, absent=1)
    units = 0
    for row in payload.rows:
        kind = row & 7
        count = 1 if kind == JOINED else operations.next()
        width = 0 if kind == OTHER else widths.next()
        units += count * width if kind == INSERT else 0
    return units
