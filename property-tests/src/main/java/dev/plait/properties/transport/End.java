package dev.plait.properties.transport;

import dev.plait.transport.Link;
import dev.plait.transport.Receiver;
import dev.plait.transport.Transport;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One end of a link under test. It remembers what it is told, looks whether the calls of the
 * receiver are made as promised, and sends frames as fast as there is room.
 */
final class End implements Receiver {

  private final Watch watch;
  private final BiConsumer<End, byte[]> onFrame;
  private final List<byte[]> frames = new CopyOnWriteArrayList<>();
  private final List<String> broken = new CopyOnWriteArrayList<>();
  private final Set<Thread> calling = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean called = new AtomicBoolean();
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger writable = new AtomicInteger();
  private final AtomicInteger closes = new AtomicInteger();
  private final CountDownLatch opened = new CountDownLatch(1);
  private final ReentrantLock sending = new ReentrantLock();
  private final Queue<byte[]> toSend = new ArrayDeque<>();
  private volatile @Nullable Link link;
  private volatile @Nullable String reason;

  End(Watch watch, BiConsumer<End, byte[]> onFrame) {
    this.watch = watch;
    this.onFrame = onFrame;
  }

  // What the test does.

  End open(Transport transport) {
    calling.add(Thread.currentThread());
    try {
      link = transport.open(this);
    } finally {
      calling.remove(Thread.currentThread());
    }
    opened.countDown();
    return this;
  }

  private Link link() {
    Link open = link;
    if (open == null) {
      throw new IllegalStateException("this end was not opened");
    }
    return open;
  }

  boolean offer(byte[] frame) {
    boolean outermost = calling.add(Thread.currentThread());
    sending.lock();
    try {
      refusals.incrementAndGet(); // first: onWritable may come before offer returns
      boolean taken = link().offer(frame);
      if (taken) {
        refusals.decrementAndGet();
      }
      return taken;
    } finally {
      sending.unlock();
      if (outermost) {
        calling.remove(Thread.currentThread());
      }
    }
  }

  /** Sends these, now and each time there is room again. */
  void send(List<byte[]> more) {
    sending.lock();
    try {
      toSend.addAll(more);
      for (byte[] next = toSend.peek(); next != null && offer(next); next = toSend.peek()) {
        toSend.remove();
      }
    } finally {
      sending.unlock();
    }
  }

  boolean hasSentAll() {
    sending.lock();
    try {
      return toSend.isEmpty();
    } finally {
      sending.unlock();
    }
  }

  void close() {
    boolean outermost = calling.add(Thread.currentThread());
    try {
      link().close();
    } finally {
      if (outermost) {
        calling.remove(Thread.currentThread());
      }
    }
  }

  // What it was told.

  List<byte[]> frames() {
    return frames;
  }

  int refusals() {
    return refusals.get();
  }

  int writable() {
    return writable.get();
  }

  boolean isClosed() {
    return closes.get() > 0;
  }

  @Nullable String reason() {
    return reason;
  }

  /** What was not as promised. */
  List<String> broken() {
    return broken;
  }

  // What the transport calls.

  @Override
  public void onFrame(byte[] frame) {
    enter("onFrame");
    frames.add(frame);
    watch.tell();
    onFrame.accept(this, frame);
    leave();
  }

  @Override
  public void onWritable() {
    enter("onWritable");
    if (writable.incrementAndGet() > refusals.get()) {
      broken.add("onWritable although nothing was refused");
    }
    send(List.of());
    leave();
  }

  @Override
  public void onClosed(@Nullable String why) {
    enter("onClosed");
    reason = why;
    closes.incrementAndGet();
    leave();
  }

  private void enter(String call) {
    boolean inside = calling.contains(Thread.currentThread());
    if (inside) {
      broken.add(call + " inside a call of open, offer or close");
    }
    if (!called.compareAndSet(false, true)) {
      broken.add(call + " while another call had not returned");
    }
    if (isClosed()) {
      broken.add(call + " after onClosed");
    }
    try {
      if (!inside) {
        opened.await();
      }
    } catch (InterruptedException interrupted) {
      broken.add(call + " was interrupted");
    }
  }

  private void leave() {
    called.set(false);
    watch.tell();
  }
}
