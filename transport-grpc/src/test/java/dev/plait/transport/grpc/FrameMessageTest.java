package dev.plait.transport.grpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.plait.transport.Link;
import dev.plait.transport.grpc.v1.Frame;
import dev.plait.transport.grpc.v1.PlaitSyncGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The one message, and stock gRPC at the other end. */
@Timeout(300) // seconds; only so that a deadlock ends
class FrameMessageTest {

  private final Until until = new Until();

  @Test
  void theGeneratedClassesReadAndWriteTheSameBytes() throws Exception {
    Random random = new Random(3);
    for (int length : new int[] {0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152}) {
      byte[] frame = new byte[length];
      random.nextBytes(frame);
      byte[] stock =
          Frame.newBuilder().setMessage(ByteString.copyFrom(frame)).build().toByteArray();
      assertArrayEquals(stock, FrameMessage.encode(frame));
      assertArrayEquals(frame, FrameMessage.decode(stock));
      assertTrue(stock.length - length <= FrameMessage.OVERHEAD);
    }
  }

  @Test
  void whatIsNoFrameIsNotRead() {
    List<byte[]> wrong =
        List.of(
            bytes(0x0a),
            bytes(0x0a, 0x80),
            bytes(0x0a, 2, 1),
            bytes(0x0a, 1, 1, 1),
            bytes(0x12, 1, 1),
            bytes(0x08, 1),
            bytes(0x0a, 1, 1, 0x10, 1),
            bytes(0x0a, 0xff, 0xff, 0xff, 0xff, 0x7f, 1),
            bytes(0x0a, 0x81, 0x80, 0x80, 0x80, 0x80, 0x00, 1));
    for (byte[] message : wrong) {
      assertNull(FrameMessage.decode(message));
    }
    assertArrayEquals(bytes(7), FrameMessage.decode(bytes(0x0a, 1, 7)));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void aStockClientTalksToTheServer() {
    List<byte[]> heard = new CopyOnWriteArrayList<>();
    AtomicBoolean completed = new AtomicBoolean();
    try (GrpcEnds ends = new GrpcEnds(UnaryOperator.identity(), UnaryOperator.identity())) {
      ManagedChannel channel = channel(ends);
      StreamObserver<Frame> out =
          PlaitSyncGrpc.newStub(channel)
              .sync(
                  new StreamObserver<>() {
                    @Override
                    public void onNext(Frame frame) {
                      heard.add(frame.getMessage().toByteArray());
                      until.tell();
                    }

                    @Override
                    public void onError(Throwable broken) {
                      until.tell();
                    }

                    @Override
                    public void onCompleted() {
                      completed.set(true);
                      until.tell();
                    }
                  });
      Ear called = Ear.open(until);
      Link link = ends.nextCall().open(called);
      out.onNext(Frame.newBuilder().setMessage(ByteString.copyFrom(bytes(1, 2, 3))).build());
      out.onNext(Frame.getDefaultInstance());
      until.is("both frames are there", () -> called.frames().size() == 2);
      assertArrayEquals(bytes(1, 2, 3), called.frames().get(0));
      assertEquals(0, called.frames().get(1).length);
      until.is("the answer is taken", () -> link.offer(bytes(4)));
      until.is("the answer is there", () -> heard.size() == 1);
      assertArrayEquals(bytes(4), heard.get(0));
      out.onCompleted();
      until.is("both know that it is over", () -> called.isClosed() && completed.get());
      assertNull(called.reason());
      channel.shutdownNow();
    }
  }

  @Test
  void aCallerThatSendsSomethingElseIsCutOff() {
    AtomicBoolean ended = new AtomicBoolean();
    try (GrpcEnds ends = new GrpcEnds(UnaryOperator.identity(), UnaryOperator.identity())) {
      ManagedChannel channel = channel(ends);
      ClientCall<byte[], byte[]> call = channel.newCall(SyncMethod.SYNC, CallOptions.DEFAULT);
      call.start(
          new ClientCall.Listener<>() {
            @Override
            public void onClose(Status status, Metadata trailers) {
              ended.set(!status.isOk());
              until.tell();
            }
          },
          new Metadata());
      Ear called = Ear.open(until);
      ends.nextCall().open(called);
      call.sendMessage(bytes(0x10, 1));
      until.is("both know that it is over", () -> called.isClosed() && ended.get());
      assertNotNull(called.reason());
      assertEquals(List.of(), called.frames());
      channel.shutdownNow();
    }
  }

  private static ManagedChannel channel(GrpcEnds ends) {
    return NettyChannelBuilder.forAddress("localhost", ends.server().port()).usePlaintext().build();
  }
}
