package dev.plait.store;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map: a change gives a new map that shares all but a path with the old one.
 *
 * <p>A height-balanced tree (Adelson-Velsky and Landis 1962) with path copying (Driscoll, Sarnak,
 * Sleator and Tarjan 1989). Look-ups and changes cost O(log n); so does the start of an iteration,
 * and each further step is O(1) amortised.
 */
final class PersistentMap<K, V> {

  /** A key, its value and the tree below. */
  record Entry<K, V>(
      K key, V value, @Nullable Entry<K, V> left, @Nullable Entry<K, V> right, int height) {

    private static <K, V> Entry<K, V> of(
        K key, V value, @Nullable Entry<K, V> left, @Nullable Entry<K, V> right) {
      return new Entry<>(key, value, left, right, 1 + Math.max(heightOf(left), heightOf(right)));
    }

    private static int heightOf(@Nullable Entry<?, ?> tree) {
      return tree == null ? 0 : tree.height;
    }

    private Entry<K, V> over(@Nullable Entry<K, V> newLeft, @Nullable Entry<K, V> newRight) {
      return of(key, value, newLeft, newRight);
    }
  }

  private final Comparator<? super K> order;
  private final @Nullable Entry<K, V> root;

  private PersistentMap(Comparator<? super K> order, @Nullable Entry<K, V> root) {
    this.order = order;
    this.root = root;
  }

  /** A map of nothing, to be sorted by this order. */
  static <K, V> PersistentMap<K, V> empty(Comparator<? super K> order) {
    return new PersistentMap<>(order, null);
  }

  boolean isEmpty() {
    return root == null;
  }

  @Nullable V get(K key) {
    Entry<K, V> found = descend(key, new ArrayDeque<>());
    return found == null ? null : found.value;
  }

  /** The map in which the key has this value. */
  PersistentMap<K, V> with(K key, V value) {
    Deque<Entry<K, V>> path = new ArrayDeque<>();
    Entry<K, V> found = descend(key, path);
    return found == null
        ? rebuilt(key, path, Entry.of(key, value, null, null))
        : rebuilt(key, path, Entry.of(key, value, found.left, found.right));
  }

  /** The map without the key. */
  PersistentMap<K, V> without(K key) {
    Deque<Entry<K, V>> path = new ArrayDeque<>();
    Entry<K, V> found = descend(key, path);
    return found == null ? this : rebuilt(key, path, joined(found.left, found.right));
  }

  /** All entries, ascending. */
  Iterable<Entry<K, V>> entries() {
    return () -> {
      Ascent<K, V> ascent = new Ascent<>();
      ascent.enter(root);
      return ascent;
    };
  }

  /** The entries whose key is {@code least} or greater, ascending. */
  Iterable<Entry<K, V>> entriesFrom(K least) {
    return () -> {
      Ascent<K, V> ascent = new Ascent<>();
      Entry<K, V> tree = root;
      while (tree != null) {
        boolean reached = order.compare(tree.key, least) >= 0;
        if (reached) {
          ascent.ahead.push(tree);
        }
        tree = reached ? tree.left : tree.right;
      }
      return ascent;
    };
  }

  /** The entry of the key, or null; the entries above it are pushed onto the path. */
  private @Nullable Entry<K, V> descend(K key, Deque<Entry<K, V>> path) {
    Entry<K, V> tree = root;
    while (tree != null) {
      int side = order.compare(key, tree.key);
      if (side == 0) {
        return tree;
      }
      path.push(tree);
      tree = side < 0 ? tree.left : tree.right;
    }
    return null;
  }

  private PersistentMap<K, V> rebuilt(
      K key, Deque<Entry<K, V>> path, @Nullable Entry<K, V> replacement) {
    Entry<K, V> tree = replacement;
    while (!path.isEmpty()) {
      Entry<K, V> above = path.pop();
      tree =
          order.compare(key, above.key) < 0
              ? balanced(above, tree, above.right)
              : balanced(above, above.left, tree);
    }
    return new PersistentMap<>(order, tree);
  }

  /** One tree of two neighbours whose heights differ by one at most. */
  private static <K, V> @Nullable Entry<K, V> joined(
      @Nullable Entry<K, V> left, @Nullable Entry<K, V> right) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    Deque<Entry<K, V>> path = new ArrayDeque<>();
    Entry<K, V> least = right;
    while (least.left != null) {
      path.push(least);
      least = least.left;
    }
    Entry<K, V> rest = least.right;
    while (!path.isEmpty()) {
      Entry<K, V> above = path.pop();
      rest = balanced(above, rest, above.right);
    }
    return balanced(least, left, rest);
  }

  /** The top entry over two trees whose heights differ by two at most. */
  private static <K, V> Entry<K, V> balanced(
      Entry<K, V> top, @Nullable Entry<K, V> left, @Nullable Entry<K, V> right) {
    int lean = Entry.heightOf(right) - Entry.heightOf(left);
    if (left != null && lean < -1) {
      Entry<K, V> inner = left.right;
      if (inner == null || Entry.heightOf(left.left) >= inner.height) {
        return left.over(left.left, top.over(inner, right));
      }
      return inner.over(left.over(left.left, inner.left), top.over(inner.right, right));
    }
    if (right != null && lean > 1) {
      Entry<K, V> inner = right.left;
      if (inner == null || Entry.heightOf(right.right) >= inner.height) {
        return right.over(top.over(left, inner), right.right);
      }
      return inner.over(top.over(left, inner.left), right.over(inner.right, right.right));
    }
    return top.over(left, right);
  }

  /** Throws unless the tree is sorted, balanced and knows its heights. */
  void checkInvariants() {
    Entry<K, V> previous = null;
    for (Entry<K, V> entry : entries()) {
      int left = Entry.heightOf(entry.left);
      int right = Entry.heightOf(entry.right);
      boolean sorted = previous == null || order.compare(previous.key, entry.key) < 0;
      if (!sorted || Math.abs(left - right) > 1 || entry.height != 1 + Math.max(left, right)) {
        throw new IllegalStateException("the tree is broken at " + entry.key);
      }
      previous = entry;
    }
  }

  /** Walks the entries whose subtrees' left sides are done, next on top. */
  private static final class Ascent<K, V> implements Iterator<Entry<K, V>> {
    private final Deque<Entry<K, V>> ahead = new ArrayDeque<>();

    private void enter(@Nullable Entry<K, V> subtree) {
      for (Entry<K, V> tree = subtree; tree != null; tree = tree.left) {
        ahead.push(tree);
      }
    }

    @Override
    public boolean hasNext() {
      return !ahead.isEmpty();
    }

    @Override
    public Entry<K, V> next() {
      if (ahead.isEmpty()) {
        throw new NoSuchElementException("the last entry was handed out");
      }
      Entry<K, V> entry = ahead.pop();
      enter(entry.right);
      return entry;
    }
  }
}
