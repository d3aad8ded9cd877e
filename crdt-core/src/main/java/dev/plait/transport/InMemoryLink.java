package dev.plait.transport;

import dev.plait.schedule.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/*
 * A frame that is not late travels in `inOrder`: when its time has come it is ripe, and it lands as
 * soon as all before it have landed. So every frame draws a delay of its own and the order holds,
 * without asking what time it is. Late frames and second copies travel apart.
 *
 * The close is a frame without bytes that travels in order, behind all that was offered before.
 */
/** One end of a connection over an {@link InMemoryNetwork}. */
final class InMemoryLink implements Link {

  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final Route route;
  private final Receiver receiver;
  private final List<Flight> beforePeer = new ArrayList<>();
  private final Deque<Flight> inOrder = new ArrayDeque<>();
  private @Nullable InMemoryLink peer;
  private int onTheWay;
  private boolean refused;
  private boolean closed;

  InMemoryLink(Scheduler scheduler, RandomGenerator random, Route route, Receiver receiver) {
    this.scheduler = scheduler;
    this.random = random;
    this.route = route;
    this.receiver = receiver;
  }

  boolean isClosed() {
    return closed;
  }

  boolean hasPeer() {
    return peer != null;
  }

  /** Makes this and the other the two ends of one connection. */
  void join(InMemoryLink other) {
    peer = other;
    other.peer = this;
    departAll();
    other.departAll();
  }

  private void departAll() {
    beforePeer.forEach(this::depart);
    beforePeer.clear();
  }

  @Override
  public boolean offer(byte[] frame) {
    Conditions conditions = route.conditions();
    if (frame.length > conditions.maxFrameBytes()) {
      throw new TransportException(
          TransportException.FRAME_TOO_LARGE,
          "a frame of "
              + frame.length
              + " bytes is too long; this network takes "
              + conditions.maxFrameBytes());
    }
    if (closed) {
      return false;
    }
    if (onTheWay >= conditions.room()) {
      refused = true;
      return false;
    }
    onTheWay++;
    Flight flight = new Flight(frame);
    if (peer == null) {
      beforePeer.add(flight);
    } else {
      depart(flight);
    }
    return true;
  }

  private void depart(Flight flight) {
    Conditions conditions = route.conditions();
    flight.lost = route.isSilent() || random.nextDouble() < conditions.loss();
    long delay = delay(conditions);
    if (random.nextDouble() < conditions.lateness()) {
      scheduler.after(delay + extra(conditions), () -> land(flight));
    } else {
      departInOrder(flight, delay);
    }
    if (random.nextDouble() < conditions.duplication()) {
      scheduler.after(delay + extra(conditions), () -> deliver(flight));
    }
  }

  private void departInOrder(Flight flight, long delay) {
    inOrder.add(flight);
    scheduler.after(
        delay,
        () -> {
          flight.ripe = true;
          landRipe();
        });
  }

  private void landRipe() {
    for (Flight head = inOrder.peek(); head != null && head.ripe; head = inOrder.peek()) {
      inOrder.remove();
      land(head);
    }
  }

  private void land(Flight flight) {
    if (flight.frame == null) {
      route.onceHeard(this::closePeer);
      return;
    }
    onTheWay--;
    if (refused) {
      refused = false;
      scheduler.execute(this::tellWritable);
    }
    deliver(flight);
  }

  private void deliver(Flight flight) {
    if (flight.frame != null && !flight.lost && !route.isSilent() && peer != null && !peer.closed) {
      peer.receiver.onFrame(flight.frame);
    }
  }

  private void tellWritable() {
    if (!closed) {
      receiver.onWritable();
    }
  }

  private long delay(Conditions conditions) {
    long least = conditions.minDelayMillis();
    return least + random.nextLong(conditions.maxDelayMillis() - least + 1);
  }

  private long extra(Conditions conditions) {
    return 1 + random.nextLong(20 + 2 * conditions.maxDelayMillis());
  }

  @Override
  public void close() {
    if (!closed) {
      shut(null);
      if (peer != null) {
        departInOrder(new Flight(null), delay(route.conditions()));
      }
    }
  }

  private void closePeer() {
    if (peer != null && !peer.closed) {
      peer.shut(null);
    }
  }

  /** Ends this end at once; all that was on its way from here is gone. */
  void abort(String reason) {
    inOrder.clear();
    peer = null;
    if (!closed) {
      shut(reason);
    }
  }

  private void shut(@Nullable String reason) {
    closed = true;
    refused = false;
    beforePeer.clear();
    scheduler.execute(() -> receiver.onClosed(reason));
  }

  private static final class Flight {
    private final byte @Nullable [] frame;
    private boolean ripe;
    private boolean lost;

    private Flight(byte @Nullable [] frame) {
      this.frame = frame;
    }
  }
}
