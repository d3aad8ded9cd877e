package dev.plait.properties.socket;

import dev.plait.transport.Link;
import dev.plait.transport.Receiver;
import dev.plait.transport.Transport;
import dev.plait.transport.TransportException;
import java.io.*;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.*;
import org.jspecify.annotations.Nullable;

/** Sends each frame over a TCP socket behind its length; lengths below 0 are signals. */
record SocketTransport(Callable<Socket> sockets, Semaphore opens, ThreadFactory threads)
    implements Transport {
  private static final int MAX_FRAME = 1 << 20, ROOM = 16, STILL_HERE = -1, BYE = -2;
  private static final int BEAT_SECONDS = 10, DEAD_MILLIS = 30_000;
  private static final byte[] LAST = {};

  @Override
  public Link open(Receiver receiver) {
    if (!opens.tryAcquire()) {
      throw new TransportException(TransportException.ALREADY_OPEN, "a call opens once");
    }
    SocketLink link = new SocketLink(receiver);
    threads.newThread(link::read).start();
    return link;
  }

  private final class SocketLink implements Link {
    private final BlockingQueue<byte[]> toSend = new LinkedBlockingQueue<>();
    private final ExecutorService calls = Executors.newSingleThreadExecutor(threads);
    private final Receiver receiver; // is called by `calls` only
    private boolean refused, closed;

    SocketLink(Receiver receiver) {
      this.receiver = receiver;
    }

    @Override
    public synchronized boolean offer(byte[] frame) {
      if (frame.length > MAX_FRAME) {
        throw new TransportException(TransportException.FRAME_TOO_LARGE, "allowed is 1 MiB");
      }
      boolean room = toSend.size() < ROOM;
      refused |= !room;
      return room && !closed && toSend.add(frame);
    }

    @Override
    public void close() {
      end(null);
    }

    private synchronized void end(@Nullable String reason) {
      if (!closed) {
        closed = true;
        toSend.add(LAST);
        calls.execute(() -> receiver.onClosed(reason));
        calls.shutdown();
      }
    }

    private synchronized Future<?> hear(byte[] frame) {
      Runnable call = () -> receiver.onFrame(frame);
      return closed ? CompletableFuture.completedFuture(null) : calls.submit(call);
    }

    private synchronized void tellOfRoom() {
      if (refused && !closed) {
        refused = false;
        calls.execute(receiver::onWritable);
      }
    }

    private void read() {
      try (Socket socket = sockets.call()) {
        socket.setSoTimeout(DEAD_MILLIS);
        Thread writer = threads.newThread(() -> write(socket));
        writer.start();
        DataInput in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        for (int length = in.readInt(); length != BYE; length = in.readInt()) {
          if (length != STILL_HERE) {
            byte[] frame = new byte[Objects.checkIndex(length, MAX_FRAME + 1)];
            in.readFully(frame);
            hear(frame).get(); // not before the receiver is done with it
          }
        }
        end(null);
        writer.join();
      } catch (Exception broken) {
        end(broken.toString());
      }
    }

    private void write(Socket socket) {
      try {
        var out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        for (byte[] frame = {}; frame != LAST; out.flush()) {
          frame = toSend.poll(BEAT_SECONDS, TimeUnit.SECONDS);
          out.writeInt(frame == null ? STILL_HERE : frame == LAST ? BYE : frame.length);
          out.write(frame == null ? LAST : frame);
          tellOfRoom();
        }
      } catch (Exception broken) {
        end(broken.toString());
      }
    }
  }
}
