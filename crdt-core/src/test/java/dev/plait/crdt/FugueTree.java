package dev.plait.crdt;

import dev.plait.clock.ElementId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * FugueMax as the paper defines it, a tree walked in order, to compare the sequence with: an
 * element is a left child of its right origin if that one descends from its left origin, else a
 * right child of its left origin. Left children are ordered by id; right children by their right
 * origins, the farthest first, then by id.
 */
final class FugueTree {
  private final Node root = new Node(null, null, null, '?');
  private final Map<ElementId, Node> byId = new HashMap<>();
  private final Set<ElementId> deleted = new HashSet<>();

  private static final class Node {
    final @Nullable ElementId id;
    final @Nullable ElementId right;
    final @Nullable Node parent;
    final char unit;
    final List<Node> leftChildren = new ArrayList<>();
    final List<Node> rightChildren = new ArrayList<>();

    Node(@Nullable ElementId id, @Nullable ElementId right, @Nullable Node parent, char unit) {
      this.id = id;
      this.right = right;
      this.parent = parent;
      this.unit = unit;
    }

    boolean descendsFrom(Node other) {
      Node node = this;
      while (node != null && node != other) {
        node = node.parent;
      }
      return node == other;
    }
  }

  void apply(Operation operation) {
    if (operation instanceof Operation.TextInsert insert) {
      ElementId left = insert.left();
      for (int i = 0; i < insert.text().length(); i++) {
        ElementId id = insert.first().plus(i);
        add(id, left, insert.right(), insert.text().charAt(i));
        left = id;
      }
    } else if (operation instanceof Operation.TextDelete delete) {
      delete
          .ranges()
          .forEach(
              range -> {
                for (int i = 0; i < range.length(); i++) {
                  deleted.add(range.first().plus(i));
                }
              });
    }
  }

  private void add(ElementId id, @Nullable ElementId left, @Nullable ElementId right, char unit) {
    Node leftOrigin = left == null ? root : node(left);
    boolean below = right != null && node(right).descendsFrom(leftOrigin);
    Node parent = below ? node(Objects.requireNonNull(right)) : leftOrigin;
    Node node = new Node(id, right, parent, unit);
    List<Node> siblings = below ? parent.leftChildren : parent.rightChildren;
    int index = 0;
    while (index < siblings.size() && standsBefore(siblings.get(index), node, below)) {
      index++;
    }
    siblings.add(index, node);
    byId.put(id, node);
  }

  private boolean standsBefore(Node sibling, Node node, boolean leftSide) {
    if (!leftSide && !Objects.equals(sibling.right, node.right)) {
      return place(sibling.right) > place(node.right);
    }
    return Objects.requireNonNull(sibling.id).compareTo(Objects.requireNonNull(node.id)) < 0;
  }

  private int place(@Nullable ElementId id) {
    List<Node> all = inOrder();
    return id == null ? all.size() : all.indexOf(node(id));
  }

  private Node node(ElementId id) {
    return Objects.requireNonNull(byId.get(id));
  }

  private List<Node> inOrder() {
    List<Node> all = new ArrayList<>();
    walk(root, all);
    return all;
  }

  private static void walk(Node node, List<Node> all) {
    node.leftChildren.forEach(child -> walk(child, all));
    all.add(node);
    node.rightChildren.forEach(child -> walk(child, all));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Node node : inOrder()) {
      if (node != root && !deleted.contains(node.id)) {
        text.append(node.unit);
      }
    }
    return text.toString();
  }
}
