"""Columns, and text in pieces."""


class Column:
    """Numbers that are taken one after another."""

    def __init__(self, numbers, absent=None):
        self.numbers = list(numbers)
        self.position = 0
        # What stands for every number of a column that is absent altogether.
        self.absent = absent if not self.numbers else None

    def next(self):
        if self.absent is not None:
            return self.absent
        self.position += 1
        return self.numbers[self.position - 1]

    def finish(self):
        assert self.position == len(self.numbers), "a column has numbers left over"


def utf16(text):
    return text.encode("utf-16-be", "surrogatepass")


class Texts:
    """Text that is cut into pieces, by lengths in units of UTF-16."""

    def __init__(self, text):
        self.units = utf16(text)
        self.position = 0

    @staticmethod
    def of_units(units):
        texts = Texts("")
        texts.units = units
        return texts

    def next(self, length):
        piece = self.units[self.position : self.position + 2 * length]
        assert len(piece) == 2 * length
        self.position += 2 * length
        return piece.decode("utf-16-be", "surrogatepass")

    def finish(self):
        assert self.position == len(self.units), "there is text left over"
