package dev.plait.properties.replica;

import dev.plait.schedule.Scheduler;
import dev.plait.transport.Link;
import dev.plait.transport.Receiver;
import dev.plait.transport.Transport;
import dev.plait.transport.TransportException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A way to a server that makes a transport for each call, as a socket does. What it lets through is
 * up to the test.
 */
final class Lines implements Transport {
  private final Scheduler scheduler;
  private final Consumer<Transport> server;
  private final List<End> ends = new ArrayList<>();
  boolean unreachable;
  boolean full;
  int calls;

  Lines(Scheduler scheduler, Consumer<Transport> server) {
    this.scheduler = scheduler;
    this.server = server;
  }

  @Override
  public Link open(Receiver receiver) {
    calls++;
    if (unreachable) {
      throw new TransportException(TransportException.UNREACHABLE, "nobody answers");
    }
    End near = new End(receiver);
    scheduler.execute(
        () ->
            server.accept(
                caller -> {
                  End far = new End(caller);
                  near.meet(far);
                  return far;
                }));
    return near;
  }

  /** Loses every line there is. */
  void cut(String reason) {
    List.copyOf(ends).forEach(end -> end.end(reason));
  }

  /** How many ends of lines are open. */
  int open() {
    return ends.size();
  }

  private final class End implements Link {
    private final Receiver receiver;
    private final List<byte[]> early = new ArrayList<>();
    private @Nullable End peer;
    private boolean closed;

    private End(Receiver receiver) {
      this.receiver = receiver;
      ends.add(this);
    }

    private void meet(End other) {
      peer = other;
      other.peer = this;
      early.forEach(this::carry);
      early.clear();
      if (closed) {
        scheduler.execute(() -> other.end(null));
      }
    }

    @Override
    public boolean offer(byte[] frame) {
      if (closed || full) {
        return false;
      }
      if (peer == null) {
        early.add(frame);
      } else {
        carry(frame);
      }
      return true;
    }

    private void carry(byte[] frame) {
      End other = peer;
      scheduler.execute(
          () -> {
            if (other != null && !other.closed) {
              other.receiver.onFrame(frame);
            }
          });
    }

    @Override
    public void close() {
      end(null);
    }

    private void end(@Nullable String reason) {
      if (closed) {
        return;
      }
      closed = true;
      ends.remove(this);
      scheduler.execute(() -> receiver.onClosed(reason));
      End other = peer;
      if (other != null) {
        scheduler.execute(() -> other.end(reason));
      }
    }
  }
}
