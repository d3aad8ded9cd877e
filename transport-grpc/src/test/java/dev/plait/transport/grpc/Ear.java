package dev.plait.transport.grpc;

import dev.plait.transport.Receiver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Remembers what a link says, and keeps the first frame to itself until it is let go. */
final class Ear implements Receiver {

  private final Until until;
  private final CountDownLatch free;
  private final List<byte[]> frames = new CopyOnWriteArrayList<>();
  private volatile boolean closed;
  private volatile @Nullable String reason;

  private Ear(Until until, CountDownLatch free) {
    this.until = until;
    this.free = free;
  }

  static Ear open(Until until) {
    return new Ear(until, new CountDownLatch(0));
  }

  /** One that does not return from its first frame. */
  static Ear stuck(Until until) {
    return new Ear(until, new CountDownLatch(1));
  }

  void free() {
    free.countDown();
  }

  List<byte[]> frames() {
    return frames;
  }

  boolean isClosed() {
    return closed;
  }

  @Nullable String reason() {
    return reason;
  }

  @Override
  public void onFrame(byte[] frame) {
    frames.add(frame);
    until.tell();
    try {
      free.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void onWritable() {
    until.tell();
  }

  @Override
  public void onClosed(@Nullable String why) {
    reason = why;
    closed = true;
    until.tell();
  }
}
