package dev.plait.cli.replay;

import dev.plait.cli.trace.Patch;
import dev.plait.cli.trace.Trace;
import dev.plait.cli.trace.TraceTransaction;
import java.util.List;

/**
 * The patches of a sequential trace side by side, in the order they are made.
 *
 * <p>A keystroke takes about a hundred nanoseconds, and so does a look at an object somewhere in
 * memory: what is measured should not have to go and look for what to do next.
 */
final class Keystrokes {
  private final int[] transactions;
  private final int[] numbers;
  private final int[] positions;
  private final int[] deleted;
  private final String[] inserted;

  /** The patches of all transactions. */
  Keystrokes(Trace trace) {
    int count = 0;
    for (TraceTransaction transaction : trace.transactions()) {
      count += transaction.patches().size();
    }
    transactions = new int[count];
    numbers = new int[count];
    positions = new int[count];
    deleted = new int[count];
    inserted = new String[count];
    int next = 0;
    for (int i = 0; i < trace.transactions().size(); i++) {
      List<Patch> patches = trace.transactions().get(i).patches();
      for (int k = 0; k < patches.size(); k++) {
        transactions[next] = i;
        numbers[next] = k;
        positions[next] = patches.get(k).position();
        deleted[next] = patches.get(k).deleted();
        inserted[next] = patches.get(k).inserted();
        next++;
      }
    }
  }

  int count() {
    return positions.length;
  }

  /** The index of the transaction a patch is from. */
  int transaction(int patch) {
    return transactions[patch];
  }

  /** Its index in that transaction. */
  int number(int patch) {
    return numbers[patch];
  }

  int position(int patch) {
    return positions[patch];
  }

  /** How many code points it deletes. */
  int deleted(int patch) {
    return deleted[patch];
  }

  String inserted(int patch) {
    return inserted[patch];
  }
}
