"""The runs of a text or list in a snapshot."""

from columns import Column

NEXT = object()


def read_runs(runs, table):
    """All runs in order, each with its first element, origins and length."""
    lengths = Column(runs.lengths)
    first_depths = Column(runs.first_depths)
    right_depths = Column(runs.right_depths)
    replicas = Column(runs.id_replicas, absent=0)
    firsts = Column(runs.firsts)
    lefts = Column(runs.lefts)
    rights = Column(runs.rights)
    last = {}
    # The last elements of the open runs, the innermost at the end.
    open_runs = []
    read = []
    for shape in runs.shapes:
        length = lengths.next()
        how_first, how_left, how_right = shape >> 1 & 3, shape >> 3 & 3, shape >> 5 & 7
        before = list(open_runs)
        if how_first == 3:
            replica = replicas.next()
            first = (replica, last.get(replica, 0) + 1 + firsts.next())
        else:
            depth = 0 if how_first == 0 else first_depths.next()
            goes_on = open_runs[-1 - depth]
            del open_runs[-1 - depth :]
            first = (goes_on[0], goes_on[1] + 1)
        if how_left == 0:
            left = read[-1]["last"]
        elif how_left == 1:
            left = (first[0], first[1] - 1)
        elif how_left == 2:
            left = None
        else:
            replica = replicas.next()
            left = (replica, last.get(replica, 0) + lefts.next())
        end = (first[0], first[1] + length - 1)
        open_runs.append(end)
        last[first[0]] = end[1]
        if how_right == 0:
            right = NEXT
        elif how_right == 1:
            right = read[-1]["right"]
        elif how_right == 2:
            right = None
        elif how_right == 3:
            right = (left[0], left[1] + 1)
        elif how_right == 4:
            behind = before[-1 - right_depths.next()]
            right = (behind[0], behind[1] + 1)
        else:
            replica = replicas.next()
            right = (replica, last.get(replica, 0) + rights.next())
        if read and read[-1]["right"] is NEXT:
            read[-1]["right"] = first
        read.append(
            {
                "first": first,
                "last": end,
                "length": length,
                "left": left,
                "right": right,
                "deleted": shape & 1 == 1,
            }
        )
    for column in (lengths, first_depths, right_depths, replicas, firsts, lefts, rights):
        column.finish()
    return [shown(run, table) for run in read]


def shown(run, table):
    def name(element):
        return None if element is None else "%s#%d" % (table[element[0]], element[1])

    return {
        "first": name(run["first"]),
        "length": run["length"],
        "left": name(run["left"]),
        "right": name(run["right"]),
        "deleted": run["deleted"],
    }
