package dev.plait.transport.grpc;

import dev.plait.schedule.Cancellable;
import dev.plait.schedule.Scheduler;
import dev.plait.transport.Link;
import dev.plait.transport.Receiver;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * gRPC tells what happens on threads that must not wait; all that is done there is to leave a note
 * in the mailbox. The receiver is called from the mailbox, so one call at a time, and never from
 * inside a call of this class.
 *
 * There is no queue of frames here. On the way out gRPC says when it holds enough (32 KiB), and from
 * then on frames are refused. On the way in the next message is asked for when onFrame has returned,
 * so one message and the window of HTTP/2 wait at most.
 *
 * A link ends twice. It is `ended` when its last call of the receiver is decided: by close(), by the
 * watch, or when the news that the call is over comes out of the mailbox, behind the frames that
 * came before. It is `over` when gRPC is done with the call. After a close() of this end that takes
 * until the peer has answered, CLOSE_MILLIS at most; then what the call needs is released.
 *
 * `watch` runs while gRPC holds enough. If it runs out, nothing has got through for all that time.
 */
/** One end of a session's call. Safe for use by any number of threads. */
final class GrpcLink implements Link {

  /** How long frames taken before a close, and the answer to it, may take. */
  static final long CLOSE_MILLIS = 5_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Wire wire;
  private final Receiver receiver;
  private final LinkTerms terms;
  private final Scheduler scheduler;
  private final Mailbox mailbox;
  private final Runnable release;
  private @Nullable Cancellable watch;
  private @Nullable Cancellable lastWait;
  private boolean refused;
  private boolean ended;
  private boolean over;

  /**
   * A link whose call is about to begin.
   *
   * @param release is run once, after the last call of the receiver, when the call is over
   */
  GrpcLink(
      Wire wire,
      Receiver receiver,
      LinkTerms terms,
      Scheduler scheduler,
      Executor executor,
      Runnable release) {
    this.wire = wire;
    this.receiver = receiver;
    this.terms = terms;
    this.scheduler = scheduler;
    this.mailbox = new Mailbox(executor);
    this.release = release;
  }

  boolean isEnded() {
    lock.lock();
    try {
      return ended || over;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean offer(byte[] frame) {
    terms.checkLength(frame);
    lock.lock();
    try {
      if (ended || over) {
        return false;
      }
      boolean taken = wire.isReady();
      if (taken) {
        wire.send(FrameMessage.encode(frame));
      } else {
        refused = true;
      }
      if (!wire.isReady() && watch == null) {
        watch = scheduler.after(terms.stallMillis(), this::onWatchOut);
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** There may be room again. */
  void onReady() {
    lock.lock();
    try {
      if (ended || !wire.isReady()) {
        return;
      }
      stopWatch();
      if (refused) {
        refused = false;
        mailbox.post(this::tellWritable);
      }
    } finally {
      lock.unlock();
    }
  }

  private void tellWritable() {
    if (!isEnded()) {
      receiver.onWritable();
    }
  }

  /** A message has come in. */
  void onMessage(byte[] message) {
    byte[] frame = FrameMessage.decode(message);
    if (frame == null) {
      breakOff("MALFORMED_FRAME: the peer sent a message that is no Frame");
    } else {
      mailbox.post(() -> deliver(frame));
    }
  }

  private void deliver(byte[] frame) {
    boolean heard;
    lock.lock();
    try {
      heard = !ended;
    } finally {
      lock.unlock();
    }
    if (heard) {
      boolean taken = false;
      try {
        receiver.onFrame(frame);
        taken = true;
      } finally {
        if (!taken) {
          breakOff("RECEIVER_FAILED: the receiver threw on a frame");
        }
      }
    }
    lock.lock();
    try {
      if (!over) {
        wire.request();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The peer has ended its stream in good order; the call is not over yet. */
  void onPeerFinished() {
    mailbox.post(
        () -> {
          if (end()) {
            finish();
            receiver.onClosed(null);
          }
        });
  }

  /** The call is over. */
  void onOver(@Nullable String reason) {
    lock.lock();
    try {
      if (over) {
        return;
      }
      over = true;
      stopWatch();
      if (lastWait != null) {
        lastWait.cancel();
      }
    } finally {
      lock.unlock();
    }
    mailbox.post(
        () -> {
          if (end()) {
            receiver.onClosed(reason);
          }
        });
    mailbox.post(release);
  }

  @Override
  public void close() {
    if (end()) {
      mailbox.post(() -> receiver.onClosed(null));
      finish();
    }
  }

  private void onWatchOut() {
    lock.lock();
    try {
      watch = null;
      if (ended || over || wire.isReady()) {
        return;
      }
    } finally {
      lock.unlock();
    }
    breakOff(
        "STALLED: the peer took nothing for "
            + terms.stallMillis()
            + " ms; what is missing is sent when it calls again");
  }

  /** Ends the link at once. */
  private void breakOff(String reason) {
    if (end()) {
      mailbox.post(() -> receiver.onClosed(reason));
      lock.lock();
      try {
        if (!over) {
          wire.reset(reason);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Decides who makes the last call of the receiver: who gets true. */
  private boolean end() {
    lock.lock();
    try {
      boolean first = !ended;
      ended = true;
      refused = false;
      stopWatch();
      return first;
    } finally {
      lock.unlock();
    }
  }

  private void finish() {
    lock.lock();
    try {
      if (!over) {
        wire.finish();
        lastWait = scheduler.after(CLOSE_MILLIS, this::stopWaiting);
      }
    } finally {
      lock.unlock();
    }
  }

  private void stopWaiting() {
    lock.lock();
    try {
      if (!over) {
        wire.reset("the peer did not answer to a close within " + CLOSE_MILLIS + " ms");
      }
    } finally {
      lock.unlock();
    }
  }

  private void stopWatch() {
    if (watch != null) {
      watch.cancel();
      watch = null;
    }
  }
}
