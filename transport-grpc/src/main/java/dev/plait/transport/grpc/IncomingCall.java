package dev.plait.transport.grpc;

import dev.plait.schedule.Cancellable;
import dev.plait.schedule.Scheduler;
import dev.plait.transport.Link;
import dev.plait.transport.Receiver;
import dev.plait.transport.Transport;
import dev.plait.transport.TransportException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The called end of a call: a transport that opens once. */
final class IncomingCall extends ServerCall.Listener<byte[]> implements Transport, Wire {

  private final ServerCall<byte[], byte[]> call;
  private final Cut.Handle cut;
  private final LinkTerms terms;
  private final Scheduler scheduler;
  private final Executor workers;
  private final Consumer<IncomingCall> onOver;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable GrpcLink link;
  private @Nullable Cancellable patience;
  private boolean gone;

  IncomingCall(
      ServerCall<byte[], byte[]> call,
      Cut.Handle cut,
      LinkTerms terms,
      Scheduler scheduler,
      Executor workers,
      Consumer<IncomingCall> onOver) {
    this.call = call;
    this.cut = cut;
    this.terms = terms;
    this.scheduler = scheduler;
    this.workers = workers;
    this.onOver = onOver;
  }

  /** Begins to wait for it to be opened. */
  void await() {
    lock.lock();
    try {
      if (!gone && link == null) {
        patience =
            scheduler.after(
                terms.stallMillis(),
                () -> refuse(Status.UNAVAILABLE.withDescription("nobody took the call")));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Link open(Receiver receiver) {
    lock.lock();
    try {
      if (link != null) {
        throw new TransportException(
            TransportException.ALREADY_OPEN, "a call can be opened once; the peer may call again");
      }
      if (gone) {
        throw new TransportException(
            TransportException.UNREACHABLE, "the call is over; the peer may call again");
      }
      stopWaiting();
      GrpcLink opened =
          new GrpcLink(
              this, receiver, terms, scheduler, workers, () -> onOver.accept(IncomingCall.this));
      call.sendHeaders(new Metadata());
      link = opened;
      call.request(1);
      return opened;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the call, unless it was opened. */
  void refuse(Status status) {
    lock.lock();
    try {
      if (link != null || gone) {
        return;
      }
      gone = true;
      stopWaiting();
      call.close(status, new Metadata());
    } finally {
      lock.unlock();
    }
  }

  /** Ends the call, opened or not. */
  void leave() {
    refuse(Status.UNAVAILABLE.withDescription("the server closes"));
    GrpcLink open = link;
    if (open != null) {
      open.close();
    }
  }

  private void stopWaiting() {
    if (patience != null) {
      patience.cancel();
      patience = null;
    }
  }

  @Override
  public void onReady() {
    GrpcLink open = link;
    if (open != null) {
      open.onReady();
    }
  }

  @Override
  public void onMessage(byte[] message) {
    GrpcLink open = link;
    if (open != null) {
      open.onMessage(message);
    }
  }

  @Override
  public void onHalfClose() {
    GrpcLink open = link;
    if (open != null) {
      open.onPeerFinished();
    }
  }

  @Override
  public void onCancel() {
    over("the peer, or the network, broke off the call");
  }

  @Override
  public void onComplete() {
    over(null);
  }

  private void over(@Nullable String reason) {
    GrpcLink open;
    lock.lock();
    try {
      gone = true;
      stopWaiting();
      open = link;
    } finally {
      lock.unlock();
    }
    if (open == null) {
      onOver.accept(this);
    } else {
      open.onOver(reason);
    }
  }

  @Override
  public boolean isReady() {
    return call.isReady();
  }

  @Override
  public void send(byte[] message) {
    call.sendMessage(message);
  }

  @Override
  public void request() {
    call.request(1);
  }

  @Override
  public void finish() {
    call.close(Status.OK, new Metadata());
  }

  @Override
  public void reset(String reason) {
    cut.cut(reason);
  }
}
