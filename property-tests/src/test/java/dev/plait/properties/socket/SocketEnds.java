package dev.plait.properties.socket;

import dev.plait.properties.transport.Ends;
import dev.plait.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/** Two ends on the loopback interface. */
final class SocketEnds implements Ends {

  private static final int MANY = Integer.MAX_VALUE;

  private final ThreadFactory threads =
      task -> {
        Thread thread = new Thread(task, "socket-transport");
        thread.setDaemon(true);
        return thread;
      };
  private final InetAddress here = InetAddress.getLoopbackAddress();
  private final ServerSocket server;
  private final Transport dialler;

  SocketEnds() {
    try {
      server = new ServerSocket(0, 0, here);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    int port = server.getLocalPort();
    dialler = transport(() -> new Socket(here, port), MANY);
  }

  private Transport transport(Callable<Socket> sockets, int opens) {
    return new SocketTransport(sockets, new Semaphore(opens), threads);
  }

  @Override
  public Transport dialler() {
    return dialler;
  }

  @Override
  public Transport nextCall() {
    try {
      Socket call = server.accept();
      return transport(() -> call, 1);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public Transport diallerToNobody() {
    return transport(
        () -> {
          throw new IOException("connection refused");
        },
        MANY);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
