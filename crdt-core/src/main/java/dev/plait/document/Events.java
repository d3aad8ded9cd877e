package dev.plait.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries events to listeners: in the order of the commits, one at a time, outside the lock.
 *
 * <p>Events are queued under the document's lock, so the queue has the order of the commits.
 * Whoever leaves the document next delivers until the queue is empty; meanwhile others only queue,
 * and a listener that changes the document sees its own event after the present one.
 */
final class Events {
  private final String document;
  private final Access access;
  private final AtomicReference<List<DocumentListener>> listeners =
      new AtomicReference<>(List.of());
  private final @Nullable Consumer<RuntimeException> onFailure;
  private final ArrayDeque<Queued> queue = new ArrayDeque<>();
  private boolean delivering;

  /** An event and those who listened when it happened: nobody hears of what came before. */
  private record Queued(DocumentEvent event, List<DocumentListener> audience) {}

  Events(String document, Access access, @Nullable Consumer<RuntimeException> onFailure) {
    this.document = document;
    this.access = access;
    this.onFailure = onFailure;
  }

  /** Who listens now; asked once for each commit, under the lock. */
  List<DocumentListener> audience() {
    return Objects.requireNonNull(listeners.get());
  }

  Subscription subscribe(DocumentListener listener) {
    change(listener, true);
    return () -> change(listener, false);
  }

  private void change(DocumentListener listener, boolean add) {
    access.lock();
    try {
      List<DocumentListener> after = new ArrayList<>(audience());
      if (add) {
        after.add(listener);
      } else {
        after.remove(listener);
      }
      listeners.set(List.copyOf(after));
    } finally {
      access.unlock();
    }
  }

  /** Under the lock. */
  void queue(DocumentEvent event, List<DocumentListener> audience) {
    queue.add(new Queued(event, audience));
  }

  /** Outside the lock, by whoever may have queued something. */
  void deliver() {
    RuntimeException failure = null;
    Queued event = begin();
    boolean told = event == null;
    try {
      while (event != null) {
        failure = tell(event, failure);
        event = next();
      }
      told = true;
    } finally {
      if (!told) {
        giveUp();
      }
    }
    if (failure != null && onFailure != null) {
      onFailure.accept(failure);
    } else if (failure != null) {
      throw new DocumentException(
          DocumentException.LISTENER_FAILED,
          "a listener of document \""
              + document
              + "\" threw; what it was told of is"
              + " committed and all other listeners were told",
          failure);
    }
  }

  private @Nullable Queued begin() {
    access.lock();
    try {
      if (delivering || queue.isEmpty()) {
        return null;
      }
      delivering = true;
      return queue.poll();
    } finally {
      access.unlock();
    }
  }

  private @Nullable Queued next() {
    access.lock();
    try {
      Queued event = queue.poll();
      delivering = event != null;
      return event;
    } finally {
      access.unlock();
    }
  }

  /** An {@link Error} is passing through: lets the next commit deliver what is left. */
  private void giveUp() {
    access.lock();
    try {
      delivering = false;
    } finally {
      access.unlock();
    }
  }

  private @Nullable RuntimeException tell(Queued queued, @Nullable RuntimeException failure) {
    RuntimeException first = failure;
    List<DocumentListener> still = audience();
    for (DocumentListener listener : queued.audience()) {
      if (!still.contains(listener)) {
        continue;
      }
      try {
        listener.onEvent(queued.event());
      } catch (RuntimeException thrown) {
        if (first == null) {
          first = thrown;
        } else {
          first.addSuppressed(thrown);
        }
      }
    }
    return first;
  }
}
