package dev.plait.peers.work;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Scripts about maps and sets, made from a seed. */
final class MapsAndSets {
  private static final int ADDS_APART = 1_000;
  private static final int ADDS_AT_ONCE = 1_000;

  private MapsAndSets() {}

  /** Two users write so many times each to so many keys. */
  static Script mapWrites(int writes, int keys) {
    return new Script(
        "map-writes", Root.MAP, List.of(writes(1, writes, keys), writes(2, writes, keys)), null);
  }

  private static List<List<Edit>> writes(int seed, int writes, int keys) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Edit>> transactions = new ArrayList<>(writes);
    for (long i = 0; i < writes; i++) {
      transactions.add(List.of(new Edit.Put("key" + random.nextInt(keys), i)));
    }
    return transactions;
  }

  /** Two users add and remove so many times each among so many members; of three, one removes. */
  static Script setChurn(int edits, int members) {
    return new Script(
        "set-churn", Root.SET, List.of(churn(1, edits, members), churn(2, edits, members)), null);
  }

  private static List<List<Edit>> churn(int seed, int edits, int members) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Edit>> transactions = new ArrayList<>(edits);
    for (int i = 0; i < edits; i++) {
      String member = "member" + random.nextInt(members);
      boolean adds = random.nextInt(3) > 0;
      transactions.add(List.of(adds ? new Edit.Add(member) : new Edit.Discard(member)));
    }
    return transactions;
  }

  /** To a set of this size another user adds some members, one after the other. */
  static Script setAdd(int size) {
    List<List<Edit>> later = new ArrayList<>();
    for (int i = 0; i < ADDS_APART; i++) {
      later.add(List.of(new Edit.Add("new" + i)));
    }
    return new Script("set-add-" + size, Root.SET, List.of(adds("a", size), later), null);
  }

  /** Two users have sets of this size that have no member in common. */
  static Script setJoin(int size) {
    return new Script(
        "set-join-" + size, Root.SET, List.of(adds("a", size), adds("b", size)), null);
  }

  private static List<List<Edit>> adds(String prefix, int size) {
    List<List<Edit>> transactions = new ArrayList<>();
    for (int first = 0; first < size; first += ADDS_AT_ONCE) {
      List<Edit> edits = new ArrayList<>();
      for (int i = first; i < Math.min(size, first + ADDS_AT_ONCE); i++) {
        edits.add(new Edit.Add(prefix + i));
      }
      transactions.add(edits);
    }
    return transactions;
  }
}
