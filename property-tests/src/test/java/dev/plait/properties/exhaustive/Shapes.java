package dev.plait.properties.exhaustive;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many histories there are, whatever is done in them, counted without making any: of all
 * relations between numbered operations, and all ways to share these out among three replicas,
 * those are taken that can be "has seen".
 *
 * @param ordered with the order in which the operations were made
 * @param different without that order
 * @param orders the orders in which each of the ordered ones can be delivered, all in all
 */
record Shapes(long ordered, long different, long orders) {
  private static final int REPLICAS = 3;

  static Shapes of(int size) {
    int pairs = size * (size - 1) / 2;
    int authors = (int) Math.round(Math.pow(REPLICAS, size));
    long ordered = 0;
    long orders = 0;
    Set<Set<String>> different = new HashSet<>();
    for (int sharing = 0; sharing < authors; sharing++) {
      int[] replicas = replicas(sharing, size);
      for (int relation = 0; relation < 1 << pairs; relation++) {
        boolean[][] seen = seen(relation, size);
        if (isHistory(replicas, seen)) {
          ordered++;
          orders += orders(seen, new boolean[size]);
          different.add(names(replicas, seen));
        }
      }
    }
    return new Shapes(ordered, different.size(), orders);
  }

  private static int[] replicas(int sharing, int size) {
    int[] replicas = new int[size];
    int rest = sharing;
    for (int i = 0; i < size; i++) {
      replicas[i] = rest % REPLICAS;
      rest /= REPLICAS;
    }
    return replicas;
  }

  /** Which operation has seen which of those made before; one bit for each pair. */
  private static boolean[][] seen(int relation, int size) {
    boolean[][] seen = new boolean[size][size];
    int bit = 0;
    for (int later = 0; later < size; later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        seen[later][earlier] = (relation >> bit & 1) != 0;
        bit++;
      }
    }
    return seen;
  }

  private static boolean isHistory(int[] replicas, boolean[][] seen) {
    for (int c = 0; c < replicas.length; c++) {
      for (int b = 0; b < c; b++) {
        if (replicas[b] == replicas[c] && !seen[c][b]) {
          return false;
        }
        for (int a = 0; a < b; a++) {
          if (seen[c][b] && seen[b][a] && !seen[c][a]) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** In how many orders those that have not arrived can still do so. */
  private static long orders(boolean[][] seen, boolean[] arrived) {
    long orders = 0;
    boolean all = true;
    for (int next = 0; next < arrived.length; next++) {
      all &= arrived[next];
      boolean ready = !arrived[next];
      for (int i = 0; i < arrived.length; i++) {
        ready &= !seen[next][i] || arrived[i];
      }
      if (ready) {
        arrived[next] = true;
        orders += orders(seen, arrived);
        arrived[next] = false;
      }
    }
    return all ? 1 : orders;
  }

  /** Every operation as its replica, how manyth there it is, and all it has seen. */
  private static Set<String> names(int[] replicas, boolean[][] seen) {
    String[] names = new String[replicas.length];
    Set<String> all = new TreeSet<>();
    for (int i = 0; i < replicas.length; i++) {
      int number = 0;
      Set<String> past = new TreeSet<>();
      for (int j = 0; j < i; j++) {
        number += replicas[j] == replicas[i] ? 1 : 0;
        if (seen[i][j]) {
          past.add(names[j]);
        }
      }
      names[i] = replicas[i] + "." + number;
      all.add(names[i] + past);
    }
    return all;
  }
}
