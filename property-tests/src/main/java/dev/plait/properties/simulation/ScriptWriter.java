package dev.plait.properties.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes up what happens in a simulation, from a seed. */
final class ScriptWriter {
  private static final int MOST_ROUNDS = 2;
  private static final int FEWEST_AT_FIRST = 2;
  private static final int MOST_AT_FIRST = 6;
  private static final int MINUTE = 60_000;

  private final Streams streams;
  private final SimulationOptions options;
  private final RandomGenerator random;
  private final Set<Fault> faults = EnumSet.noneOf(Fault.class);
  private final List<Verb> wheel = new ArrayList<>();
  private final List<Action> actions = new ArrayList<>();

  private ScriptWriter(long seed, SimulationOptions options) {
    this.streams = new Streams(seed);
    this.options = options;
    this.random = streams.named("script");
  }

  static Script write(long seed, SimulationOptions options) {
    return new ScriptWriter(seed, options).write();
  }

  private Script write() {
    RandomGenerator choice = streams.named("faults");
    for (Fault fault : Fault.values()) {
      if (options.faults().contains(fault) && choice.nextBoolean()) {
        faults.add(fault);
      }
    }
    int machines = random.nextInt(FEWEST_AT_FIRST, MOST_AT_FIRST + 1);
    fillWheel();
    int rounds = 1 + random.nextInt(MOST_ROUNDS);
    for (int round = 1; round <= rounds; round++) {
      int planned = 0;
      while (planned < 11L * options.operations() / 10 / rounds) {
        planned += add(wheel.get(random.nextInt(wheel.size())));
      }
      actions.add(new Action(Verb.SETTLE, 0, 0, 0));
    }
    return new Script(streams.seed(), machines, faults, actions);
  }

  private void fillWheel() {
    put(48, Verb.WRITE);
    put(1, Verb.ABANDON);
    put(26, Verb.PASS);
    put(1, Verb.START, Verb.MEND);
    when(Fault.LOSS, 1, Verb.WEATHER);
    when(Fault.DUPLICATION, 1, Verb.WEATHER);
    when(Fault.REORDERING, 1, Verb.WEATHER);
    when(Fault.DELAY, 1, Verb.WEATHER);
    when(Fault.HOURS_OF_DELAY, 1, Verb.WEATHER);
    when(Fault.PARTITION, 1, Verb.SPLIT);
    when(Fault.ONE_WAY, 1, Verb.SILENCE);
    when(Fault.RING, 1, Verb.RING);
    when(Fault.FLAPPING, 1, Verb.FLAP);
    when(Fault.CUT_AT_A_FRAME, 2, Verb.CUT);
    when(Fault.CRASH, 1, Verb.CRASH, Verb.RESTART, Verb.START);
    when(Fault.CRASH_IN_A_COMMIT, 1, Verb.CRASH_AT, Verb.START);
    when(Fault.SLOW_SYNC, 1, Verb.SLOW);
    when(Fault.FULL_DISK, 1, Verb.FILL, Verb.ROOM);
    when(Fault.FAILED_SYNC, 1, Verb.FAIL_SYNC, Verb.START);
    when(Fault.WRONG_CLOCK, 1, Verb.SET_CLOCK);
    when(Fault.DRIFTING_CLOCK, 1, Verb.DRIFT);
    when(Fault.JUMPING_CLOCK, 1, Verb.SET_CLOCK);
    when(Fault.STUCK_CLOCK, 1, Verb.STICK);
    when(Fault.CLOCK_FAR_AHEAD, 1, Verb.SET_CLOCK);
    when(Fault.CLOCK_SET_BACK, 1, Verb.SET_CLOCK, Verb.RESTART);
    when(Fault.RESTORE, 1, Verb.BACKUP, Verb.RESTORE, Verb.RESTORE_UNTOLD);
    when(Fault.CLONE, 1, Verb.CLONE);
    when(Fault.LATE_JOIN, 1, Verb.JOIN);
    when(Fault.DEPARTURE, 1, Verb.LEAVE);
    when(Fault.COMPACTION, 2, Verb.COMPACT, Verb.MERGE);
    when(Fault.CARRYING, 2, Verb.CARRY);
  }

  private void when(Fault fault, int times, Verb... verbs) {
    if (faults.contains(fault)) {
      put(times, verbs);
    }
  }

  private void put(int times, Verb... verbs) {
    for (Verb verb : verbs) {
      for (int i = 0; i < times; i++) {
        wheel.add(verb);
      }
    }
  }

  /** Adds one and gives how many operations it will make, about. */
  private int add(Verb verb) {
    int c =
        switch (verb) {
          case PASS -> passing();
          case SET_CLOCK -> offset();
          case DRIFT -> random.nextInt(-200, 201);
          case SLOW -> random.nextInt(3_000);
          case FILL -> random.nextInt(MINUTE / 3);
          case FLAP -> 50 + random.nextInt(2_000);
          case CUT -> 1 + random.nextInt(20);
          case CRASH_AT -> random.nextInt(40);
          default -> random.nextInt(Integer.MAX_VALUE);
        };
    actions.add(new Action(verb, random.nextInt(1 << 16), random.nextInt(1 << 16), c));
    return verb == Verb.WRITE ? Writing.operationsOf(c) : 0;
  }

  /** Mostly an instant; with delays of hours now and then longer. */
  private int passing() {
    int most = 1 << random.nextInt(1, 12);
    return faults.contains(Fault.HOURS_OF_DELAY) && random.nextInt(12) == 0
        ? random.nextInt(10 * MINUTE)
        : 1 + random.nextInt(most);
  }

  private int offset() {
    if (faults.contains(Fault.CLOCK_FAR_AHEAD) && random.nextInt(4) == 0) {
      return 6 * MINUTE + random.nextInt(40 * MINUTE);
    }
    int most = faults.contains(Fault.JUMPING_CLOCK) ? 60 * MINUTE : 4 * MINUTE;
    int ahead = random.nextInt(4 * MINUTE);
    return random.nextBoolean() ? ahead : -random.nextInt(most);
  }
}
