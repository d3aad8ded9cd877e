package dev.plait.properties.simulation;

/** What an {@link Action} does. */
enum Verb {
  /** Machine a edits document b, as the number c has it. */
  WRITE,
  /** Machine a begins to edit document b as c has it, and thinks better of it. */
  ABANDON,
  /** c milliseconds pass. */
  PASS,
  /** The network becomes like number c. */
  WEATHER,
  /** Machines that differ in a bit of c can't reach each other. */
  SPLIT,
  /** Nothing gets from a to b. */
  SILENCE,
  /** Only neighbours reach each other. */
  RING,
  /** The line between a and b comes and goes every c milliseconds, for a while. */
  FLAP,
  /** The line between a and b breaks when the c-th frame from now is on it. */
  CUT,
  /** All lines can be had again. */
  MEND,
  /** Machine a loses power. */
  CRASH,
  /** Machine a loses power at the c-th step of its disk from now. */
  CRASH_AT,
  /** Machine a is started, if it is down. */
  START,
  /** Machine a is shut down in good order and started again. */
  RESTART,
  /** A copy of the disk of machine a is put aside. */
  BACKUP,
  /** Machine a goes on from the copy c of its disk, and can tell that it is one. */
  RESTORE,
  /** The same, but nothing on the disk tells. */
  RESTORE_UNTOLD,
  /** A new machine starts from a copy of the disk of machine a. */
  CLONE,
  /** A new machine comes. */
  JOIN,
  /** Machine a is never seen again. */
  LEAVE,
  /** The disk of machine a is full, for c milliseconds. */
  FILL,
  /** The disk of machine a has room again. */
  ROOM,
  /** The next sync of machine a fails. */
  FAIL_SYNC,
  /** From now on a sync of machine a takes c milliseconds. */
  SLOW,
  /** The clock of machine a is c milliseconds off. */
  SET_CLOCK,
  /** The clock of machine a gains c milliseconds a minute. */
  DRIFT,
  /** The clock of machine a stands still. */
  STICK,
  /** Machine a gives up the history of document b. */
  COMPACT,
  /** Machine a merges the chunks of document b. */
  MERGE,
  /** Machine a gives what it holds of document c to machine b, by hand. */
  CARRY,
  /** All is mended, everybody writes once more, and then all has to be equal everywhere. */
  SETTLE
}
