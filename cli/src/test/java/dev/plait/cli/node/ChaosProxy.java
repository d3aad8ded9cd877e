package dev.plait.cli.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A way between two processes on which things go wrong as told. What happens depends on bytes and
 * turns, never on a clock.
 */
final class ChaosProxy implements AutoCloseable {
  private final ServerSocket server;
  private final List<Passage> passages = new ArrayList<>();
  private Fault next = Fault.NONE;
  private int target;
  private int accepted;
  private boolean closed;

  private ChaosProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** A proxy that passes its callers on to a local port. */
  static ChaosProxy to(int port) {
    try {
      ChaosProxy proxy =
          new ChaosProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
      daemon("proxy", proxy::serve);
      return proxy;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** What to dial, as a node takes it. */
  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Passes later callers on to another port. */
  synchronized void retarget(int port) {
    target = port;
  }

  /** What befalls later callers; what was held up until now passes. */
  synchronized void turn(Fault fault) {
    next = fault;
    passages.forEach(Passage::letPass);
  }

  /** Ends all that passes now, by resets or in good order. */
  synchronized void cutAll(boolean reset) {
    List<Passage> all = new ArrayList<>(passages);
    passages.clear();
    all.forEach(passage -> passage.end(reset));
  }

  /** From now on nothing goes wrong any more, and what is half broken ends. */
  void calm() {
    turn(Fault.NONE);
    cutAll(true);
  }

  /** How many callers have been taken and passed on so far. */
  synchronized int accepted() {
    return accepted;
  }

  /** Waits until there have been so many. */
  synchronized void awaitAccepted(int count) {
    while (accepted < count) {
      try {
        wait();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the test was told to end", interrupted);
      }
    }
  }

  private void serve() {
    try {
      while (true) {
        accept(server.accept());
      }
    } catch (IOException ended) {
      // The socket was closed: nobody calls any more.
      cutAll(true);
    }
  }

  private void accept(Socket caller) throws IOException {
    int port;
    synchronized (this) {
      port = target;
    }
    Socket callee;
    try {
      callee = new Socket(InetAddress.getLoopbackAddress(), port);
    } catch (IOException nobodyThere) {
      caller.close();
      return;
    }
    synchronized (this) {
      Passage passage = new Passage(caller, callee, next);
      if (closed) {
        passage.end(true);
        return;
      }
      passages.add(passage);
      accepted++;
      notifyAll();
      daemon("proxy-up", () -> passage.pass(caller, callee, Fault.Kind.HALF_OPEN_UP));
      daemon("proxy-down", () -> passage.pass(callee, caller, Fault.Kind.HALF_OPEN_DOWN));
    }
  }

  private synchronized void forget(Passage passage) {
    passages.remove(passage);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    try {
      server.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    cutAll(true);
  }

  /** One connection. */
  private final class Passage {
    private final Socket caller;
    private final Socket callee;
    private final Fault fault;
    private boolean delaying;

    Passage(Socket caller, Socket callee, Fault fault) throws IOException {
      this.caller = caller;
      this.callee = callee;
      this.fault = fault;
      this.delaying = fault.kind() == Fault.Kind.DELAY;
      caller.setTcpNoDelay(true);
      callee.setTcpNoDelay(true);
    }

    /** Moves bytes from one end to the other until the connection ends. */
    void pass(Socket from, Socket to, Fault.Kind swallowing) {
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[4096];
        long passed = 0;
        int read = in.read(buffer, 0, room(buffer, passed));
        while (read >= 0) {
          if (passed < fault.afterBytes() || mayPass(swallowing)) {
            out.write(buffer, 0, read);
            out.flush();
          }
          passed += read;
          read = in.read(buffer, 0, room(buffer, passed));
        }
        end(false);
      } catch (IOException broken) {
        end(true); // one end is gone; the other one learns it
      }
    }

    /** No more than up to where the fault sits, so that it sits exactly there. */
    private int room(byte[] buffer, long passed) {
      if (passed < fault.afterBytes()) {
        return (int) Math.min(buffer.length, fault.afterBytes() - passed);
      }
      return fault.kind() == Fault.Kind.SPLIT ? 1 : buffer.length;
    }

    private boolean mayPass(Fault.Kind swallowing) {
      switch (fault.kind()) {
        case NONE, SPLIT -> {
          return true;
        }
        case CUT -> end(false);
        case RESET -> end(true);
        case HALF_OPEN_UP, HALF_OPEN_DOWN -> {
          return fault.kind() != swallowing;
        }
        case DELAY -> awaitTurn();
      }
      return fault.kind() == Fault.Kind.DELAY;
    }

    private synchronized void awaitTurn() {
      while (delaying) {
        try {
          wait();
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }

    synchronized void letPass() {
      delaying = false;
      notifyAll();
    }

    void end(boolean reset) {
      letPass();
      close(caller, reset);
      close(callee, reset);
      forget(this);
    }

    private void close(Socket socket, boolean reset) {
      try {
        if (reset && !socket.isClosed()) {
          socket.setSoLinger(true, 0);
        }
        socket.close();
      } catch (IOException gone) {
        // It is closed all the same.
        letPass();
      }
    }
  }
}
