package dev.plait.transport.grpc;

import dev.plait.schedule.Cancellable;
import dev.plait.schedule.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Time moves on only by hand. Safe for use by several threads. */
final class HandScheduler implements Scheduler {

  private final Map<Object, Runnable> waiting = new ConcurrentHashMap<>();

  @Override
  public void execute(Runnable task) {
    after(0, task);
  }

  @Override
  public Cancellable after(long millis, Runnable task) {
    Object key = new Object();
    waiting.put(key, task);
    return () -> waiting.remove(key);
  }

  /** Everything that waits falls due. */
  void letAllTimePass() {
    for (Object key : List.copyOf(waiting.keySet())) {
      Runnable task = waiting.remove(key);
      if (task != null) {
        task.run();
      }
    }
  }
}
