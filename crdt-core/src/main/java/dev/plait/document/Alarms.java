package dev.plait.document;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries word of equivocations to whoever asked for it: once each, outside the lock. */
final class Alarms {
  private final Access access;
  private final @Nullable Consumer<Equivocation> consumer;
  private final ArrayDeque<Equivocation> queue = new ArrayDeque<>(0);

  Alarms(Access access, @Nullable Consumer<Equivocation> consumer) {
    this.access = access;
    this.consumer = consumer;
  }

  /** Under the lock, when it is durable. */
  void queue(Equivocation equivocation) {
    if (consumer != null) {
      queue.add(equivocation);
    }
  }

  /** Outside the lock. */
  void deliver() {
    if (consumer == null) {
      return;
    }
    for (Equivocation next = next(); next != null; next = next()) {
      consumer.accept(next);
    }
  }

  private @Nullable Equivocation next() {
    access.lock();
    try {
      return queue.poll();
    } finally {
      access.unlock();
    }
  }
}
