package dev.plait.properties.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * All that decides a simulation, as lines of text that can be kept, cut down and played again.
 *
 * @param seed decides what the actions leave open: the network's delays, ids, what a crash leaves
 * @param machines how many there are at first
 * @param faults what may go wrong
 * @param actions what happens, in order; at the end everything is mended and has to be equal
 */
record Script(long seed, int machines, Set<Fault> faults, List<Action> actions) {
  private static final String SEED = "seed ";
  private static final String MACHINES = "machines ";
  private static final String FAULTS = "faults";
  private static final String COMMENT = "#";

  Script {
    faults = Set.copyOf(faults);
    actions = List.copyOf(actions);
  }

  Script with(List<Action> others) {
    return new Script(seed, machines, faults, others);
  }

  /** The lines that {@link #parse} reads. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(SEED + seed);
    lines.add(MACHINES + machines);
    StringBuilder names = new StringBuilder(FAULTS);
    if (!faults.isEmpty()) {
      EnumSet.copyOf(faults).forEach(fault -> names.append(' ').append(fault));
    }
    lines.add(names.toString());
    actions.forEach(action -> lines.add(action.line()));
    return lines;
  }

  /**
   * The script of these lines; empty ones and those that begin with # say nothing.
   *
   * @throws IllegalArgumentException if there is a line that says nothing else
   */
  static Script parse(List<String> lines) {
    long seed = 0;
    int machines = 3;
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    List<Action> actions = new ArrayList<>();
    for (String line : lines) {
      String text = line.strip();
      if (text.startsWith(SEED)) {
        seed = Long.parseLong(text.substring(SEED.length()).strip());
      } else if (text.startsWith(MACHINES)) {
        machines = Integer.parseInt(text.substring(MACHINES.length()).strip());
      } else if (text.startsWith(FAULTS)) {
        for (String name : text.substring(FAULTS.length()).strip().split(" +", -1)) {
          if (!name.isEmpty()) {
            faults.add(Fault.valueOf(name.toUpperCase(Locale.ROOT)));
          }
        }
      } else if (!text.isEmpty() && !text.startsWith(COMMENT)) {
        actions.add(Action.parse(text));
      }
    }
    return new Script(seed, machines, faults, actions);
  }
}
