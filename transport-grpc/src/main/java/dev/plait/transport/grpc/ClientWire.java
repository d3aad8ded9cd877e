package dev.plait.transport.grpc;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;

/** The calling end of a call. */
final class ClientWire implements Wire {

  private final ClientCall<byte[], byte[]> call;

  ClientWire(ClientCall<byte[], byte[]> call) {
    this.call = call;
  }

  /** Makes the call; from now on the link is told what happens. */
  void start(GrpcLink link, Metadata headers) {
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onReady() {
            link.onReady();
          }

          @Override
          public void onMessage(byte[] message) {
            link.onMessage(message);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            link.onOver(status.isOk() ? null : describe(status));
          }
        },
        headers);
    call.request(1);
  }

  private static String describe(Status status) {
    String what = status.getDescription();
    Throwable cause = status.getCause();
    return status.getCode()
        + (what == null ? "" : ": " + what)
        + (cause == null ? "" : " (" + cause + ")");
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
    call.halfClose();
  }

  @Override
  public void reset(String reason) {
    call.cancel(reason, null);
  }
}
