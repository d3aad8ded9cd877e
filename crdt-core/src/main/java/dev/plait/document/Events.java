package dev.plait.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
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
  private final ArrayDeque<DocumentEvent> queue = new ArrayDeque<>();
  private boolean delivering;

  Events(String document, Access access) {
    this.document = document;
    this.access = access;
  }

  /** Whether anyone would notice an event. */
  boolean wanted() {
    return !listeners().isEmpty();
  }

  private List<DocumentListener> listeners() {
    return Objects.requireNonNull(listeners.get());
  }

  Subscription subscribe(DocumentListener listener) {
    change(listener, true);
    return () -> change(listener, false);
  }

  private void change(DocumentListener listener, boolean add) {
    List<DocumentListener> before;
    List<DocumentListener> after;
    do {
      before = listeners();
      after = new ArrayList<>(before);
      if (add) {
        after.add(listener);
      } else {
        after.remove(listener);
      }
    } while (!listeners.compareAndSet(before, List.copyOf(after)));
  }

  /** Under the lock. */
  void queue(DocumentEvent event) {
    queue.add(event);
  }

  /** Outside the lock, by whoever may have queued something. */
  void deliver() {
    if (!wanted()) {
      return;
    }
    RuntimeException failure = null;
    DocumentEvent event = begin();
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
    if (failure != null) {
      throw new DocumentException(
          DocumentException.LISTENER_FAILED,
          "a listener of document \""
              + document
              + "\" threw; what it was told of is"
              + " committed and all other listeners were told",
          failure);
    }
  }

  private @Nullable DocumentEvent begin() {
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

  private @Nullable DocumentEvent next() {
    access.lock();
    try {
      DocumentEvent event = queue.poll();
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

  private @Nullable RuntimeException tell(DocumentEvent event, @Nullable RuntimeException failure) {
    RuntimeException first = failure;
    for (DocumentListener listener : listeners()) {
      try {
        listener.onEvent(event);
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
