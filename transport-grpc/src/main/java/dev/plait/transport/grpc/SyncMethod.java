package dev.plait.transport.grpc;

import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The one method of the service in {@code plait/sync/v1/sync.proto}. Its messages are handed on as
 * bytes; {@link FrameMessage} reads them.
 */
final class SyncMethod {

  static final String SERVICE = "plait.sync.v1.PlaitSync";

  static final MethodDescriptor<byte[], byte[]> SYNC =
      MethodDescriptor.newBuilder(new Bytes(), new Bytes())
          .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
          .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Sync"))
          .build();

  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** Chunks are compressed already; what a stranger inflates is not inflated here. */
  static final DecompressorRegistry NO_COMPRESSION =
      DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false);

  private SyncMethod() {}

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    /** gRPC has checked the length before it hands over the stream. */
    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException broken) {
        throw Status.INTERNAL
            .withDescription("a message could not be read")
            .withCause(broken)
            .asRuntimeException();
      }
    }
  }
}
