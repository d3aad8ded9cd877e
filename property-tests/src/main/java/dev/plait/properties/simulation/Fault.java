package dev.plait.properties.simulation;

/** What can go wrong in a simulation. Each seed picks about half of these, and how bad they are. */
public enum Fault {
  /** Frames vanish. */
  LOSS,
  /** Frames arrive twice. */
  DUPLICATION,
  /** Frames overtake each other. */
  REORDERING,
  /** Frames travel for seconds. */
  DELAY,
  /** Frames travel for up to hours. */
  HOURS_OF_DELAY,
  /** The network falls into parts that can't reach each other. */
  PARTITION,
  /** One machine hears another, but not the other way round; nobody is told. */
  ONE_WAY,
  /** Each machine reaches its two neighbours only. */
  RING,
  /** A line comes and goes. */
  FLAPPING,
  /** A line breaks while a certain frame is on it. */
  CUT_AT_A_FRAME,
  /** Power fails, and comes back. */
  CRASH,
  /** Power fails between two steps of a commit: before, while or after it is written, or synced. */
  CRASH_IN_A_COMMIT,
  /** Stores do not sync at every commit, so that a crash takes the latest ones. */
  RELAXED_STORE,
  /** A sync takes seconds, and the machine does nothing else meanwhile. */
  SLOW_SYNC,
  /** A disk is full for a while. */
  FULL_DISK,
  /** A sync fails; the store is of no use until it is opened again. */
  FAILED_SYNC,
  /** A clock is off by up to minutes. */
  WRONG_CLOCK,
  /** A clock runs too fast or too slow. */
  DRIFTING_CLOCK,
  /** A clock jumps, forwards and backwards. */
  JUMPING_CLOCK,
  /** A clock stands still. */
  STUCK_CLOCK,
  /** A clock is hours ahead. */
  CLOCK_FAR_AHEAD,
  /** After a restart a clock is behind what it showed before. */
  CLOCK_SET_BACK,
  /** A machine goes on from an old copy of its disk. */
  RESTORE,
  /** A second machine starts from a copy of a disk. */
  CLONE,
  /** A machine comes that was not there at first. */
  LATE_JOIN,
  /** A machine is never seen again. */
  DEPARTURE,
  /** Machines merge chunks and give up history, each when it likes. */
  COMPACTION,
  /** Changes and states are also carried by hand, past every session. */
  CARRYING,
  /** Machines have room only for a few changes that wait or are kept aside. */
  LITTLE_MEMORY
}
