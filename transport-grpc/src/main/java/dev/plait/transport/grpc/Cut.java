package dev.plait.transport.grpc;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import java.util.concurrent.TimeoutException;

/*
 * A server's call can be closed, but the close waits behind what the caller does not read. What gRPC
 * breaks off at once is a call whose time is up, which it knows by its context: so each call gets a
 * context around its own that can be told so.
 */
/** Lets a server break off a call at once. */
final class Cut extends ServerStreamTracer.Factory {

  private static final Context.Key<Context.CancellableContext> OF_CALL = Context.key("plait-cut");

  /** What breaks off the call in whose context this is asked. */
  static Cut.Handle ofCurrentCall() {
    Context.CancellableContext context = OF_CALL.get();
    return reason -> context.cancel(new TimeoutException(reason));
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return new ServerStreamTracer() {
      @Override
      public Context filterContext(Context context) {
        Context.CancellableContext outer = context.withCancellation();
        return outer.withValue(OF_CALL, outer);
      }
    };
  }

  /** Breaks off one call. */
  interface Handle {
    void cut(String reason);
  }
}
