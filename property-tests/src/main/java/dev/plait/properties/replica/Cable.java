package dev.plait.properties.replica;

import dev.plait.error.PlaitException;
import dev.plait.transport.Link;
import dev.plait.transport.Receiver;
import dev.plait.transport.Transport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A way to a server in the same process, for many threads: frames travel in order and unharmed, and
 * a few at a time.
 */
final class Cable implements Transport {
  private static final int ROOM = 8;

  private final Executor threads;
  private final Consumer<Transport> server;

  /**
   * @param threads where frames travel
   * @param server is given a transport for each call
   */
  Cable(Executor threads, Consumer<Transport> server) {
    this.threads = threads;
    this.server = server;
  }

  @Override
  public Link open(Receiver receiver) {
    ReentrantLock lock = new ReentrantLock();
    End near = new End(lock);
    End far = new End(lock);
    near.peer = far;
    far.peer = near;
    near.attach(receiver);
    threads.execute(() -> answer(far));
    return near;
  }

  private void answer(End far) {
    try {
      server.accept(
          caller -> {
            far.attach(caller);
            return far;
          });
    } catch (PlaitException nobodyThere) {
      far.close();
    }
  }

  /** One end; both ends of a call share a lock, under which nobody is called. */
  private final class End implements Link {
    private final ReentrantLock lock;
    private final Deque<byte[]> arriving = new ArrayDeque<>();
    private @Nullable End peer;
    private @Nullable Receiver receiver;
    private boolean refused;
    private boolean writable;
    private boolean closed;
    private boolean told;
    private boolean delivering;

    private End(ReentrantLock lock) {
      this.lock = lock;
    }

    private void attach(Receiver theReceiver) {
      lock.lock();
      try {
        receiver = theReceiver;
        deliverSoon();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean offer(byte[] frame) {
      lock.lock();
      try {
        if (closed || peer == null) {
          return false;
        }
        if (peer.arriving.size() >= ROOM) {
          refused = true;
          return false;
        }
        peer.arriving.add(frame);
        peer.deliverSoon();
        return true;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        end();
        if (peer != null) {
          peer.end();
        }
      } finally {
        lock.unlock();
      }
    }

    private void end() {
      closed = true;
      deliverSoon();
    }

    private void deliverSoon() {
      if (receiver != null && !delivering) {
        delivering = true;
        threads.execute(this::deliver);
      }
    }

    private void deliver() {
      for (Runnable call = next(); call != null; call = next()) {
        call.run();
      }
    }

    private @Nullable Runnable next() {
      lock.lock();
      try {
        Receiver to = receiver;
        byte[] frame = arriving.poll();
        if (to == null || told) {
          return null;
        }
        if (frame != null) {
          if (peer != null && peer.refused) {
            peer.refused = false;
            peer.writable = true;
            peer.deliverSoon();
          }
          return () -> to.onFrame(frame);
        }
        if (closed) {
          told = true;
          return () -> to.onClosed(null);
        }
        if (writable) {
          writable = false;
          return to::onWritable;
        }
        delivering = false;
        return null;
      } finally {
        lock.unlock();
      }
    }
  }
}
