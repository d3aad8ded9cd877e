package dev.plait.properties.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes actions out of a script as long as it stays broken: first large parts, then smaller ones
 * (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", 2002).
 */
final class Minimiser {
  private final Predicate<List<Action>> isBroken;
  private int runsLeft;

  Minimiser(Predicate<List<Action>> isBroken, int runs) {
    this.isBroken = isBroken;
    this.runsLeft = runs;
  }

  List<Action> minimise(List<Action> broken) {
    List<Action> smallest = broken;
    int parts = 2;
    while (smallest.size() > 1 && runsLeft > 0) {
      List<Action> smaller = without(smallest, parts);
      if (smaller != null) {
        smallest = smaller;
        parts = Math.max(2, parts - 1);
      } else if (parts < smallest.size()) {
        parts = Math.min(smallest.size(), 2 * parts);
      } else {
        return smallest;
      }
    }
    return smallest;
  }

  /** What is left when one of so many parts is taken out; null if none can be. */
  private @Nullable List<Action> without(List<Action> actions, int parts) {
    for (int part = 0; part < parts && runsLeft > 0; part++) {
      int from = (int) ((long) actions.size() * part / parts);
      int to = (int) ((long) actions.size() * (part + 1) / parts);
      List<Action> rest = new ArrayList<>(actions.subList(0, from));
      rest.addAll(actions.subList(to, actions.size()));
      runsLeft--;
      if (isBroken.test(rest)) {
        return rest;
      }
    }
    return null;
  }
}
