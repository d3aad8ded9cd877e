package dev.plait.schedule;

/**
 * Runs tasks soon, or later.
 *
 * <p>A task never runs inside the call that hands it over, so a caller may hold a lock or be in the
 * middle of a change. On which thread tasks run, and whether two of them may run at once, is the
 * implementation's to say. What a task throws is the implementation's to report; it does not keep
 * other tasks from running.
 */
public interface Scheduler {

  /** Runs the task as soon as possible. */
  void execute(Runnable task);

  /**
   * Runs the task once, no sooner than {@code millis} from now.
   *
   * @param millis how long to wait; a negative number counts as 0
   * @return what calls it off
   */
  Cancellable after(long millis, Runnable task);
}
