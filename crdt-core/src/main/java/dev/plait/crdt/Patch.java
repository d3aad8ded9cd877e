package dev.plait.crdt;

import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation or a join did to the visible value of a container: applied to the value before,
 * it gives the value after.
 */
public sealed interface Patch
    permits Patch.OfRegister,
        Patch.OfMvRegister,
        Patch.OfSet,
        Patch.OfCounter,
        Patch.OfMap,
        TextDelta,
        ListDelta {

  /** Whether the visible value stayed the same. */
  boolean isEmpty();

  /** A register's value; null where none is set. */
  record OfRegister(@Nullable Value before, @Nullable Value after) implements Patch {
    @Override
    public boolean isEmpty() {
      return before == null ? after == null : before.equals(after);
    }
  }

  /** All values shown by a multi-value register, in stamp order. */
  record OfMvRegister(List<Value> before, List<Value> after) implements Patch {
    public OfMvRegister {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }

    @Override
    public boolean isEmpty() {
      return before.equals(after);
    }
  }

  /** Members that came and went, each list in canonical order. */
  record OfSet(List<Value> added, List<Value> removed) implements Patch {
    public OfSet {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }

    @Override
    public boolean isEmpty() {
      return added.isEmpty() && removed.isEmpty();
    }
  }

  /** A counter's value. */
  record OfCounter(long before, long after) implements Patch {
    @Override
    public boolean isEmpty() {
      return before == after;
    }
  }

  /** The keys that changed, in code point order. */
  record OfMap(List<KeyChange> keys) implements Patch {
    public OfMap {
      keys = List.copyOf(keys);
    }

    @Override
    public boolean isEmpty() {
      return keys.isEmpty();
    }
  }

  /** One key of a map; null where the key is absent. */
  record KeyChange(String key, @Nullable Content before, @Nullable Content after) {}
}
