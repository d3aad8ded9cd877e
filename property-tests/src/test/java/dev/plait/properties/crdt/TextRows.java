package dev.plait.properties.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.crdt.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Operations on a text in other portions, which have to come to the same. */
final class TextRows {
  private TextRows() {}

  /** Joins operations that continue each other, as columns hold them. */
  static List<Operation> together(List<Operation> operations) {
    List<Operation> rows = new ArrayList<>();
    for (Operation operation : operations) {
      Operation joined = rows.isEmpty() ? null : joined(rows.get(rows.size() - 1), operation);
      if (joined != null) {
        rows.set(rows.size() - 1, joined);
      } else {
        rows.add(operation);
      }
    }
    return rows;
  }

  /** An insertion for each code point, a deletion for each unit. */
  static List<Operation> apart(List<Operation> operations) {
    List<Operation> pieces = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation instanceof Operation.TextInsert insert) {
        ElementId left = insert.left();
        int next;
        for (int i = 0; i < insert.text().length(); i = next) {
          next = insert.text().offsetByCodePoints(i, 1);
          String piece = insert.text().substring(i, next);
          ElementId first = insert.first().plus(i);
          pieces.add(new Operation.TextInsert(first, left, insert.right(), piece));
          left = insert.first().plus(next - 1);
        }
      } else if (operation instanceof Operation.TextDelete delete) {
        for (ElementRange range : delete.ranges()) {
          for (int i = 0; i < range.length(); i++) {
            ElementRange unit = new ElementRange(range.first().plus(i), 1);
            pieces.add(new Operation.TextDelete(List.of(unit)));
          }
        }
      }
    }
    return pieces;
  }

  private static @Nullable Operation joined(Operation row, Operation next) {
    if (row instanceof Operation.TextInsert a && next instanceof Operation.TextInsert b) {
      ElementId last = a.first().plus(a.text().length() - 1);
      return last.equals(b.left())
              && last.plus(1).equals(b.first())
              && Objects.equals(a.right(), b.right())
          ? new Operation.TextInsert(a.first(), a.left(), a.right(), a.text() + b.text())
          : null;
    }
    if (row instanceof Operation.TextDelete a
        && next instanceof Operation.TextDelete b
        && a.ranges().size() == 1
        && b.ranges().size() == 1) {
      return joined(a.ranges().get(0), b.ranges().get(0));
    }
    return null;
  }

  private static @Nullable Operation joined(ElementRange a, ElementRange b) {
    boolean ascending = a.first().compareTo(b.first()) < 0;
    ElementRange low = ascending ? a : b;
    ElementRange high = ascending ? b : a;
    return low.last().plus(1).equals(high.first())
        ? new Operation.TextDelete(
            List.of(new ElementRange(low.first(), low.length() + high.length())))
        : null;
  }
}
