package dev.plait.schedule;

import dev.plait.clock.TimeSource;
import java.util.TreeSet;

/**
 * A scheduler and its clock in one, for tests and simulations: time stands still until it is told
 * to move, and then moves as fast as the tasks allow.
 *
 * <p>Tasks run on the thread that moves the time, one after the other, ordered by the time they are
 * due; those due at the same time run in the order they were handed over. While a task runs, {@link
 * #millis()} is the time it was due. So the same calls give the same run, always.
 *
 * <p>What a task throws comes out of the call that moved the time; the task counts as run, those
 * behind it stay. Handing over a task costs O(log n) for n tasks waiting. Not safe for use by
 * several threads, except for {@link #millis()}.
 */
public final class VirtualTime implements Scheduler, TimeSource {

  private final TreeSet<Appointment> appointments = new TreeSet<>();
  private volatile long now;
  private long handedOver;
  private boolean running;

  private VirtualTime(long now) {
    this.now = now;
  }

  /** A time that begins at this millisecond since 1970-01-01T00:00Z, with nothing to do. */
  public static VirtualTime startingAt(long millis) {
    return new VirtualTime(millis);
  }

  @Override
  public long millis() {
    return now;
  }

  @Override
  public void execute(Runnable task) {
    enter(0, task);
  }

  @Override
  public Cancellable after(long millis, Runnable task) {
    Appointment appointment = enter(millis, task);
    return () -> appointments.remove(appointment);
  }

  private Appointment enter(long delay, Runnable task) {
    Appointment appointment = new Appointment(later(delay), handedOver++, task);
    appointments.add(appointment);
    return appointment;
  }

  /** Moves the time on by this much and runs all that falls due, what it leads to included. */
  public void advance(long millis) {
    advanceTo(later(millis));
  }

  /**
   * Moves the time on to this millisecond and runs all that falls due, what it leads to included. A
   * time that has passed is no move; what is due now runs all the same.
   */
  public void advanceTo(long millis) {
    long end = Math.max(now, millis);
    runDueBy(end);
    now = end;
  }

  /**
   * Runs everything there is to do, moving the time only as far as the tasks need it.
   *
   * @param atMostMillis how far the time may move
   * @return whether nothing is left to do; if not, the time has moved all the way
   */
  public boolean runUntilIdle(long atMostMillis) {
    long end = later(atMostMillis);
    runDueBy(end);
    if (!isIdle()) {
      now = end;
    }
    return isIdle();
  }

  /** Whether no task is waiting. */
  public boolean isIdle() {
    return appointments.isEmpty();
  }

  private void runDueBy(long end) {
    if (running) {
      throw new IllegalStateException("a task cannot move the time that it runs in");
    }
    running = true;
    try {
      while (!appointments.isEmpty() && appointments.first().due() <= end) {
        Appointment next = appointments.first();
        appointments.remove(next);
        now = next.due();
        next.task().run();
      }
    } finally {
      running = false;
    }
  }

  private long later(long delay) {
    long wait = Math.max(0, delay);
    return now > Long.MAX_VALUE - wait ? Long.MAX_VALUE : now + wait;
  }

  private record Appointment(long due, long order, Runnable task)
      implements Comparable<Appointment> {

    @Override
    public int compareTo(Appointment other) {
      int byTime = Long.compare(due, other.due);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }
}
