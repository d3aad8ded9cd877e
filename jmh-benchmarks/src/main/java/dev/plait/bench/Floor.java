package dev.plait.bench;

import dev.plait.cli.trace.Patch;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Something Plait does beside the plainest way to do it without replicas: its floor. Both take
 * turns in one JVM, so that their ratio depends little on the machine and on what else it does. The
 * bounds are twice what was measured when they were set.
 *
 * @param mostRatio how many times as long as the floor Plait may take before it counts as slower
 *     than it was
 * @param floor the plain way
 * @param plait Plait's
 */
record Floor(String name, double mostRatio, Supplier<?> floor, Supplier<?> plait) {
  private static final int WARM_UP = 12;
  private static final int ROUNDS = 15;
  private static final int WRITES = 100_000;
  private static final int KEYS = 10_000;
  private static final int MEMBERS = 20_000;
  private static final int STAMPS = 1_000_000;
  private static final int EDITS = 100_000;
  private static final long SEED = 2026;
  private static final long NOW = 1_800_000_000_000L;

  /** All there are. */
  static List<Floor> all() {
    return List.of(text(), mapWrites(), mapMerge(), setEdits(), stamps());
  }

  /** The median of Plait's time by that of the floor. */
  double ratio() {
    double[] ratios = new double[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long bare = nanos(floor);
      double ratio = (double) nanos(plait) / bare;
      if (round >= 0) {
        ratios[round] = ratio;
      }
    }
    Arrays.sort(ratios);
    return ratios[ROUNDS / 2];
  }

  private static long nanos(Supplier<?> work) {
    long start = System.nanoTime();
    Object result = work.get();
    long nanos = System.nanoTime() - start;
    if (result.hashCode() == 0) {
      throw new IllegalStateException("what was made is used, so that it has to be made");
    }
    return nanos;
  }

  // ---- text: a gap buffer

  private static Floor text() {
    List<Patch> patches = TypingModel.write(SEED, EDITS).patches();
    return new Floor("typing", 40, () -> gapBuffer(patches), () -> document(patches));
  }

  private static String gapBuffer(List<Patch> patches) {
    GapBuffer buffer = new GapBuffer();
    for (Patch patch : patches) {
      buffer.splice(patch.position(), patch.deleted(), patch.inserted());
    }
    return buffer.toString();
  }

  private static String document(List<Patch> patches) {
    Document document = Documents.empty(1);
    for (Patch patch : patches) {
      document.transact(
          transaction -> {
            var text = transaction.text("text");
            if (patch.deleted() > 0) {
              text.delete(patch.position(), patch.deleted());
            }
            if (!patch.inserted().isEmpty()) {
              text.insert(patch.position(), patch.inserted());
            }
          });
    }
    return document.text("text").toString();
  }

  // ---- maps: a hash map

  private static String[] names(String prefix, int different) {
    SplittableRandom random = new SplittableRandom(SEED);
    String[] names = new String[WRITES];
    Arrays.setAll(names, any -> prefix + random.nextInt(different));
    return names;
  }

  private static Floor mapWrites() {
    String[] keys = names("key", KEYS);
    return new Floor("map writes", 14, () -> hashMap(keys), () -> written(keys));
  }

  private static HashMap<String, Long> hashMap(String[] keys) {
    HashMap<String, Long> map = new HashMap<>();
    for (int i = 0; i < keys.length; i++) {
      map.put(keys[i], (long) i);
    }
    return map;
  }

  private static Document written(String[] keys) {
    Document document = Documents.empty(1);
    for (int i = 0; i < keys.length; i++) {
      int value = i;
      document.transact(transaction -> transaction.map("map").put(keys[value], value));
    }
    return document;
  }

  private static Floor mapMerge() {
    String[] keys = names("key", KEYS);
    byte[] history = written(keys).changesSince(VersionVector.EMPTY);
    return new Floor(
        "map merge",
        10,
        () -> hashMap(keys),
        () -> {
          Document document = Documents.empty(2);
          document.apply(history);
          return document;
        });
  }

  // ---- sets: a hash set

  private static Floor setEdits() {
    String[] members = names("member", MEMBERS);
    return new Floor("set edits", 11, () -> hashSet(members), () -> edited(members));
  }

  /** Every third edit removes. */
  private static HashSet<String> hashSet(String[] members) {
    HashSet<String> set = new HashSet<>();
    for (int i = 0; i < members.length; i++) {
      if (i % 3 == 0) {
        set.remove(members[i]);
      } else {
        set.add(members[i]);
      }
    }
    return set;
  }

  private static Document edited(String[] members) {
    Document document = Documents.empty(1);
    for (int i = 0; i < members.length; i++) {
      String member = members[i];
      if (i % 3 == 0) {
        document.transact(transaction -> transaction.set("set").remove(member));
      } else {
        document.transact(transaction -> transaction.set("set").add(member));
      }
    }
    return document;
  }

  // ---- stamps: a counter

  private static Floor stamps() {
    AtomicLong counter = new AtomicLong();
    HybridLogicalClock clock = HybridLogicalClock.builder(() -> NOW).build();
    return new Floor(
        "stamps",
        5,
        () -> {
          long last = 0;
          for (int i = 0; i < STAMPS; i++) {
            last = counter.incrementAndGet();
          }
          return last;
        },
        () -> {
          long last = 0;
          for (int i = 0; i < STAMPS; i++) {
            last = clock.now().bits();
          }
          return last;
        });
  }
}
