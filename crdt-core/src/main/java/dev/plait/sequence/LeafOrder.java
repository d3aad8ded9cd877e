package dev.plait.sequence;

import static dev.plait.sequence.Invariants.require;

import java.util.Arrays;

/**
 * The inner nodes of a {@link SpanTree}: which leaf comes after which, and how many visible
 * elements each part of the tree holds.
 *
 * <p>A B-tree over leaf numbers, in index-linked arrays. Every child carries the sum of visible
 * elements below it, so that a position is found going down and computed going up. All operations
 * are O(log n) in the number of leaves.
 */
final class LeafOrder {
  /** No node: the parent of the root. */
  static final int NONE = -1;

  /** Children per node. */
  static final int FANOUT = 16;

  private int[] leafParents = new int[4];
  private int[] parents = new int[2];
  private int[] sizes = new int[2];
  private int[] children = new int[2 * FANOUT];
  private int[] sums = new int[2 * FANOUT];
  private int nodes;
  private int freeNode = NONE;
  private int root;
  private int height;
  private int remainder;

  /** An order of one leaf, number 0. */
  LeafOrder() {
    leafParents[0] = NONE;
  }

  /** How many levels of nodes stand above the leaves. */
  int height() {
    return height;
  }

  // ---- positions

  /** The leaf that holds the visible element at {@code index}, which there must be. */
  int descend(int index) {
    int node = root;
    int left = index;
    for (int level = height; level > 0; level--) {
      int child = node * FANOUT;
      while (left >= sums[child]) {
        left -= sums[child];
        child++;
      }
      node = children[child];
    }
    remainder = left;
    return node;
  }

  /** After {@link #descend}: how many visible elements of the leaf stand before the one found. */
  int remainder() {
    return remainder;
  }

  /** How many visible elements stand in leaves before this one. */
  int visibleBefore(int leaf) {
    int before = 0;
    int child = leaf;
    int parent = leafParents[leaf];
    while (parent != NONE) {
      int at = parent * FANOUT;
      while (children[at] != child) {
        before += sums[at];
        at++;
      }
      child = parent;
      parent = parents[parent];
    }
    return before;
  }

  /** Notes that a leaf holds {@code change} more visible elements. */
  void add(int leaf, int change) {
    int child = leaf;
    int parent = leafParents[leaf];
    while (parent != NONE) {
      sums[place(parent, child)] += change;
      child = parent;
      parent = parents[parent];
    }
  }

  /** Negative, zero or positive as leaf {@code a} stands before, is, or stands after {@code b}. */
  int compare(int a, int b) {
    int one = a;
    int other = b;
    int parentOfOne = leafParents[a];
    int parentOfOther = leafParents[b];
    while (parentOfOne != parentOfOther) {
      one = parentOfOne;
      other = parentOfOther;
      parentOfOne = parents[one];
      parentOfOther = parents[other];
    }
    return parentOfOne == NONE ? 0 : place(parentOfOne, one) - place(parentOfOne, other);
  }

  private int place(int parent, int child) {
    int at = parent * FANOUT;
    while (children[at] != child) {
      at++;
    }
    return at;
  }

  // ---- growing

  /** Makes room for a leaf of this number. */
  void ensureLeaf(int leaf) {
    if (leaf >= leafParents.length) {
      leafParents = Arrays.copyOf(leafParents, Math.max(leaf + 1, 2 * leafParents.length));
    }
  }

  /**
   * Puts a new leaf directly after another one, from which it takes visible elements over.
   *
   * <p>One method on purpose: it is rarely called, and HotSpot copies methods of up to 325
   * bytecodes into all that call them, up to the transaction.
   *
   * @param visible how many the other one had
   * @param taken how many it takes
   */
  void insertAfter(int leaf, int visible, int added, int taken) {
    ensureLeaf(added);
    if (height == 0) {
      newRoot(leaf, visible);
    }
    int node = leafParents[leaf];
    int before = leaf;
    int child = added;
    int sum = taken;
    for (int level = 1; child != NONE; level++) {
      int at = place(node, before);
      sums[at] -= sum;
      at++;
      int target = node;
      int right = NONE;
      if (sizes[node] == FANOUT) {
        right = newNode();
        int half = node * FANOUT + FANOUT / 2;
        System.arraycopy(children, half, children, right * FANOUT, FANOUT / 2);
        System.arraycopy(sums, half, sums, right * FANOUT, FANOUT / 2);
        sizes[node] = FANOUT / 2;
        sizes[right] = FANOUT / 2;
        for (int i = right * FANOUT; i < right * FANOUT + FANOUT / 2; i++) {
          setParent(level, children[i], right);
        }
        if (at > half) {
          target = right;
          at += right * FANOUT - half;
        }
      }
      int moved = target * FANOUT + sizes[target] - at;
      System.arraycopy(children, at, children, at + 1, moved);
      System.arraycopy(sums, at, sums, at + 1, moved);
      children[at] = child;
      sums[at] = sum;
      sizes[target]++;
      setParent(level, child, target);
      if (right != NONE) {
        sum = total(right);
        if (parents[node] == NONE) {
          newRoot(node, total(node) + sum);
        }
      }
      before = node;
      child = right;
      node = parents[node];
    }
  }

  private void newRoot(int onlyChild, int sum) {
    int node = newNode();
    parents[node] = NONE;
    sizes[node] = 1;
    children[node * FANOUT] = onlyChild;
    sums[node * FANOUT] = sum;
    height++;
    setParent(height, onlyChild, node);
    root = node;
  }

  private void setParent(int level, int child, int node) {
    if (level == 1) {
      leafParents[child] = node;
    } else {
      parents[child] = node;
    }
  }

  private int total(int node) {
    int total = 0;
    for (int i = 0; i < sizes[node]; i++) {
      total += sums[node * FANOUT + i];
    }
    return total;
  }

  private int newNode() {
    if (freeNode != NONE) {
      int reused = freeNode;
      freeNode = parents[reused];
      return reused;
    }
    if (nodes == sizes.length) {
      int capacity = 2 * nodes;
      parents = Arrays.copyOf(parents, capacity);
      sizes = Arrays.copyOf(sizes, capacity);
      children = Arrays.copyOf(children, capacity * FANOUT);
      sums = Arrays.copyOf(sums, capacity * FANOUT);
    }
    return nodes++;
  }

  // ---- shrinking

  /** Takes out a leaf that holds nothing visible and is not the only one. */
  void remove(int leaf) {
    int child = leaf;
    int parent = leafParents[leaf];
    while (sizes[parent] == 1) {
      child = parent;
      parent = parents[parent];
      parents[child] = freeNode;
      freeNode = child;
    }
    int at = place(parent, child);
    int end = parent * FANOUT + sizes[parent];
    System.arraycopy(children, at + 1, children, at, end - at - 1);
    System.arraycopy(sums, at + 1, sums, at, end - at - 1);
    sizes[parent]--;
    while (height > 0 && sizes[root] == 1) {
      int old = root;
      root = children[old * FANOUT];
      setParent(height, root, NONE);
      height--;
      parents[old] = freeNode;
      freeNode = old;
    }
  }

  // ---- building

  /**
   * Builds the order of leaves 0 to {@code count - 1} from scratch.
   *
   * @param visible how many visible elements each holds
   */
  void build(int count, int[] visible) {
    ensureLeaf(count - 1);
    nodes = 0;
    freeNode = NONE;
    height = 0;
    root = 0;
    int first = 0;
    int width = count;
    while (width > 1) {
      height++;
      int above = (width + FANOUT - 1) / FANOUT;
      int firstAbove = nodes;
      for (int i = 0; i < above; i++) {
        // Spread evenly, so that no node is left with a single child.
        int from = first + (int) ((long) width * i / above);
        int to = first + (int) ((long) width * (i + 1) / above);
        fill(newNode(), from, to, visible);
      }
      first = firstAbove;
      width = above;
      root = first;
    }
    setParent(height + 1, root, NONE);
  }

  private void fill(int node, int from, int to, int[] visible) {
    sizes[node] = to - from;
    for (int child = from; child < to; child++) {
      children[node * FANOUT + child - from] = child;
      sums[node * FANOUT + child - from] = height == 1 ? visible[child] : total(child);
      setParent(height, child, node);
    }
  }

  // ---- checking

  /** Checks sums, links and sizes against the leaves in order. */
  void checkInvariants(int[] leavesInOrder, int[] visible) {
    int[] next = new int[1];
    int total = check(height, root, NONE, leavesInOrder, visible, next);
    require(next[0] == leavesInOrder.length, "the order holds another number of leaves");
    int sum = 0;
    for (int leaf : leavesInOrder) {
      require(visibleBefore(leaf) == sum, "the place of a leaf is wrong");
      sum += visible[leaf];
    }
    require(total == sum, "the sum of the root is wrong");
  }

  /** Depth is at most eight, so recursion is safe here. */
  private int check(int level, int node, int parent, int[] leaves, int[] visible, int[] next) {
    if (level == 0) {
      require(leafParents[node] == parent, "a leaf does not know its parent");
      require(leaves[next[0]] == node, "leaves are out of order");
      next[0]++;
      return visible[node];
    }
    require(parents[node] == parent, "a node does not know its parent");
    require(sizes[node] >= 1 && sizes[node] <= FANOUT, "a node is empty or too full");
    require(parent != NONE || sizes[node] > 1, "the root has a single child");
    int total = 0;
    for (int i = 0; i < sizes[node]; i++) {
      int sum = check(level - 1, children[node * FANOUT + i], node, leaves, visible, next);
      require(sums[node * FANOUT + i] == sum, "a sum is wrong");
      total += sum;
    }
    return total;
  }
}
