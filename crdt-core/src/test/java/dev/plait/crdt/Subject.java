package dev.plait.crdt;

import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A data type under test: how to edit it at random, read it and check it. */
enum Subject {
  REGISTER(ContainerType.REGISTER) {
    @Override
    @Nullable Operation edit(Crdt crdt, Site site, Random random, @Nullable Rollback rollback) {
      LwwRegister register = (LwwRegister) crdt;
      return random.nextInt(4) == 0
          ? register.clear(rollback)
          : register.set(value(random), site.next(random.nextInt(3)), rollback);
    }

    @Override
    Object visible(Crdt crdt) {
      return optional(((LwwRegister) crdt).get());
    }

    @Override
    Object patched(Object visible, Patch patch) {
      Patch.OfRegister change = (Patch.OfRegister) patch;
      return visible.equals(optional(change.before())) ? optional(change.after()) : "wrong before";
    }

    @Override
    void checkInvariants(Crdt crdt) {
      ((LwwRegister) crdt).checkInvariants();
    }
  },

  MV_REGISTER(ContainerType.MV_REGISTER) {
    @Override
    @Nullable Operation edit(Crdt crdt, Site site, Random random, @Nullable Rollback rollback) {
      MvRegister register = (MvRegister) crdt;
      return random.nextInt(4) == 0
          ? register.clear(rollback)
          : register.set(value(random), site.next(random.nextInt(3)), rollback);
    }

    @Override
    Object visible(Crdt crdt) {
      return ((MvRegister) crdt).values();
    }

    @Override
    Object patched(Object visible, Patch patch) {
      Patch.OfMvRegister change = (Patch.OfMvRegister) patch;
      return visible.equals(change.before()) ? change.after() : "wrong before";
    }

    @Override
    void checkInvariants(Crdt crdt) {
      ((MvRegister) crdt).checkInvariants();
    }
  },

  SET(ContainerType.SET) {
    @Override
    @Nullable Operation edit(Crdt crdt, Site site, Random random, @Nullable Rollback rollback) {
      AddWinsSet set = (AddWinsSet) crdt;
      return switch (random.nextInt(20)) {
        case 0 -> set.clear(rollback);
        case 1, 2, 3, 4, 5, 6 -> set.remove(value(random), rollback);
        default -> set.add(value(random), site.nextId(), rollback);
      };
    }

    @Override
    Object visible(Crdt crdt) {
      return ((AddWinsSet) crdt).values();
    }

    @Override
    Object patched(Object visible, Patch patch) {
      Patch.OfSet change = (Patch.OfSet) patch;
      TreeSet<Value> values = new TreeSet<>();
      for (Object value : (List<?>) visible) {
        values.add((Value) value);
      }
      boolean exact = true;
      for (Value removed : change.removed()) {
        exact &= values.remove(removed);
      }
      for (Value added : change.added()) {
        exact &= values.add(added);
      }
      return exact ? new ArrayList<>(values) : "came or went twice";
    }

    @Override
    void checkInvariants(Crdt crdt) {
      ((AddWinsSet) crdt).checkInvariants();
    }
  },

  COUNTER(ContainerType.COUNTER) {
    @Override
    @Nullable Operation edit(Crdt crdt, Site site, Random random, @Nullable Rollback rollback) {
      Counter counter = (Counter) crdt;
      return random.nextInt(8) == 0
          ? counter.reset(rollback)
          : counter.add(1 + random.nextInt(9) * -2L, site.next(random.nextInt(3)), rollback);
    }

    @Override
    Object visible(Crdt crdt) {
      return ((Counter) crdt).value();
    }

    @Override
    Object patched(Object visible, Patch patch) {
      Patch.OfCounter change = (Patch.OfCounter) patch;
      return visible.equals(change.before()) ? (Object) change.after() : "wrong before";
    }

    @Override
    void checkInvariants(Crdt crdt) {
      ((Counter) crdt).checkInvariants();
    }
  },

  MAP(ContainerType.MAP) {
    @Override
    @Nullable Operation edit(Crdt crdt, Site site, Random random, @Nullable Rollback rollback) {
      LwwMap map = (LwwMap) crdt;
      String key = "k" + random.nextInt(5);
      return switch (random.nextInt(6)) {
        case 0 -> map.remove(key, site.next(random.nextInt(3)), rollback);
        case 1 -> map.clear(key, rollback);
        case 2 -> map.put(key, new Child(ContainerType.TEXT), site.next(0), rollback);
        default -> map.put(key, value(random), site.next(random.nextInt(3)), rollback);
      };
    }

    @Override
    Object visible(Crdt crdt) {
      HashMap<String, Content> entries = new HashMap<>();
      ((LwwMap) crdt).forEach(entries::put);
      return entries;
    }

    @Override
    Object patched(Object visible, Patch patch) {
      HashMap<Object, Object> entries = new HashMap<>((Map<?, ?>) visible);
      for (Patch.KeyChange change : ((Patch.OfMap) patch).keys()) {
        if (!optional(entries.remove(change.key())).equals(optional(change.before()))) {
          return "wrong before";
        }
        if (change.after() != null) {
          entries.put(change.key(), change.after());
        }
      }
      return entries;
    }

    @Override
    void checkInvariants(Crdt crdt) {
      ((LwwMap) crdt).checkInvariants();
    }
  };

  private final ContainerType type;

  Subject(ContainerType type) {
    this.type = type;
  }

  Crdt empty() {
    return Crdt.empty(type);
  }

  /** An instance in the state of another. */
  Crdt copyOf(Crdt crdt) {
    Crdt copy = empty();
    copy.join(crdt.state(), null);
    return copy;
  }

  /** Makes some edit; null if it found nothing to do. */
  abstract @Nullable Operation edit(
      Crdt crdt, Site site, Random random, @Nullable Rollback rollback);

  /** What a reader sees. */
  abstract Object visible(Crdt crdt);

  /** What a reader sees who knows only the value before and the patch. */
  abstract Object patched(Object visible, Patch patch);

  abstract void checkInvariants(Crdt crdt);

  private static Value value(Random random) {
    return Value.of(random.nextInt(6));
  }

  private static Object optional(@Nullable Object value) {
    return value == null ? "nothing" : value;
  }
}
