package dev.plait.peers.task;

import java.util.Arrays;

/** What is measured. The first users of a script are numbered 0 and 1. */
public enum Task {
  /** User 0 makes all transactions on a new replica. */
  LOCAL("local"),
  /** A new replica takes the bytes of each of user 0's changes one after the other. */
  REMOTE("remote"),
  /** A new replica takes everything user 0 has done at once. */
  HISTORY("history"),
  /** The saved state of user 0 is opened and its content read. */
  OPEN("open"),
  /** What a replica takes that was opened from the saved state of user 0. */
  MEMORY("memory"),
  /** User 1, who has done work too, takes everything user 0 has done. */
  MERGE("merge"),
  /** User 1, who has done work too, takes the saved state of user 0. */
  JOIN("join"),
  /** A replica that has everything of user 0 takes each of user 1's later changes. */
  ADD("add"),
  /** Two users send each other what they do. */
  EXCHANGE("exchange"),
  /** One replica takes what many users have done apart. */
  FAN_IN("fan-in");

  private final String label;

  Task(String label) {
    this.label = label;
  }

  /** Its name in commands and results. */
  public String label() {
    return label;
  }

  /** The task of this {@link #label}. */
  public static Task of(String label) {
    return Arrays.stream(values())
        .filter(task -> task.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no task " + label));
  }
}
