package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;
import static dev.plait.wire.Direction.ENCODING;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.plait.change.Chunk;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import dev.plait.wire.v1.PlaitProto;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads session messages, one to a frame. */
final class MessageFormat {
  private static final String WHAT = "a frame";

  private final Limits limits;

  MessageFormat(Limits limits) {
    this.limits = limits;
  }

  byte[] write(SyncMessage message) {
    PlaitProto.Message.Builder written = PlaitProto.Message.newBuilder();
    if (message instanceof SyncMessage.Hello hello) {
      written.setHello(hello(hello));
    } else if (message instanceof SyncMessage.Have have) {
      written.setHave(have(have));
    } else if (message instanceof SyncMessage.Changes changes) {
      written.setChanges(changes(changes));
    } else if (message instanceof SyncMessage.SnapshotPart part) {
      written.setSnapshotPart(snapshotPart(part));
    } else if (message instanceof SyncMessage.Failure failure) {
      written.setFailure(failure(failure));
    } else {
      written.setBye(PlaitProto.Bye.getDefaultInstance());
    }
    return MessageBytes.write(limits, WHAT, limits.maxFrameBytes(), written.build());
  }

  SyncMessage read(byte[] frame) {
    PlaitProto.Message written =
        MessageBytes.read(
            limits,
            WHAT,
            limits.maxFrameBytes(),
            frame,
            PlaitProto.Message.getDescriptor(),
            PlaitProto.Message.parser());
    return switch (written.getKindCase()) {
      case HELLO -> hello(written.getHello());
      case HAVE -> have(written.getHave());
      case CHANGES -> changes(written.getChanges());
      case SNAPSHOT_PART -> snapshotPart(written.getSnapshotPart());
      case FAILURE -> failure(written.getFailure());
      case BYE -> new SyncMessage.Bye();
      case KIND_NOT_SET -> throw DECODING.malformed("a message has no kind");
    };
  }

  private static PlaitProto.Hello hello(SyncMessage.Hello hello) {
    checkProtocol(ENCODING, hello.protocolVersion());
    return PlaitProto.Hello.newBuilder()
        .setProtocolVersion(hello.protocolVersion())
        .setReplica(ReplicaBytes.write(hello.replica()))
        .build();
  }

  private static SyncMessage hello(PlaitProto.Hello written) {
    checkProtocol(DECODING, written.getProtocolVersion());
    return new SyncMessage.Hello(
        written.getProtocolVersion(), ReplicaBytes.readOne(written.getReplica()));
  }

  private static void checkProtocol(Direction direction, int version) {
    if (version < 1) {
      throw direction.malformed("versions of the session protocol are from 1 to 2^31-1");
    }
  }

  private PlaitProto.Have have(SyncMessage.Have have) {
    checkDocument(ENCODING, have.document());
    PlaitProto.Have.Builder written =
        PlaitProto.Have.newBuilder().setDocument(have.document()).setAnswer(have.answer());
    if (!have.version().isEmpty()) {
      written.setVersion(version(have.version()));
    }
    return written.build();
  }

  private SyncMessage have(PlaitProto.Have written) {
    checkDocument(DECODING, written.getDocument());
    return new SyncMessage.Have(
        written.getDocument(), DotColumns.readVersion(written.getVersion()), written.getAnswer());
  }

  private static PlaitProto.Dots version(VersionVector version) {
    return DotColumns.write(version.dots());
  }

  private PlaitProto.Changes changes(SyncMessage.Changes changes) {
    checkDocument(ENCODING, changes.document());
    PlaitProto.Changes.Builder written =
        PlaitProto.Changes.newBuilder().setDocument(changes.document());
    for (Chunk chunk : changes.chunks()) {
      if (!chunk.header().document().equals(changes.document())) {
        throw ENCODING.invalid("a chunk of another document than the message names");
      }
      written.addChunks(UnsafeByteOperations.unsafeWrap(chunk.bytes()));
    }
    return written.build();
  }

  private SyncMessage changes(PlaitProto.Changes written) {
    checkDocument(DECODING, written.getDocument());
    List<Chunk> read = new ArrayList<>(written.getChunksCount());
    for (ByteString bytes : written.getChunksList()) {
      Chunk chunk = ChunkReader.readHeader(limits, bytes.toByteArray());
      if (!chunk.header().document().equals(written.getDocument())) {
        throw new ProtocolException(
            ProtocolException.WRONG_DOCUMENT,
            "a chunk belongs to another document than its message names");
      }
      read.add(chunk);
    }
    return new SyncMessage.Changes(written.getDocument(), read);
  }

  private PlaitProto.SnapshotPart snapshotPart(SyncMessage.SnapshotPart part) {
    checkDocument(ENCODING, part.document());
    checkPart(ENCODING, part.offset(), part.bytes().length, part.totalSize());
    PlaitProto.SnapshotPart.Builder written =
        PlaitProto.SnapshotPart.newBuilder()
            .setDocument(part.document())
            .setOffset(part.offset())
            .setTotalSize(part.totalSize())
            .setData(UnsafeByteOperations.unsafeWrap(part.bytes()));
    if (!part.version().isEmpty()) {
      written.setVersion(version(part.version()));
    }
    return written.build();
  }

  private SyncMessage snapshotPart(PlaitProto.SnapshotPart written) {
    checkDocument(DECODING, written.getDocument());
    checkPart(DECODING, written.getOffset(), written.getData().size(), written.getTotalSize());
    return new SyncMessage.SnapshotPart(
        written.getDocument(),
        DotColumns.readVersion(written.getVersion()),
        written.getOffset(),
        written.getTotalSize(),
        written.getData().toByteArray());
  }

  private void checkPart(Direction direction, int offset, int length, int total) {
    // As unsigned numbers, since that is how they are written.
    if (Integer.compareUnsigned(total, limits.maxSnapshotBytes()) > 0) {
      throw direction.tooMuch(
          "a snapshot takes "
              + Integer.toUnsignedString(total)
              + " bytes; at most "
              + limits.maxSnapshotBytes());
    }
    if (offset < 0 || offset > total || length > total - offset) {
      throw direction.malformed(
          "a part of "
              + length
              + " bytes at "
              + Integer.toUnsignedString(offset)
              + " lies outside of a snapshot of "
              + total);
    }
  }

  private PlaitProto.Failure failure(SyncMessage.Failure failure) {
    NameRules.check(ENCODING, limits, "the code of a failure", failure.code());
    NameRules.checkWellFormed(ENCODING, "the message of a failure", failure.message());
    return PlaitProto.Failure.newBuilder()
        .setCode(failure.code())
        .setMessage(failure.message())
        .build();
  }

  private SyncMessage failure(PlaitProto.Failure written) {
    NameRules.check(DECODING, limits, "the code of a failure", written.getCode());
    return new SyncMessage.Failure(written.getCode(), written.getMessage());
  }

  private void checkDocument(Direction direction, String document) {
    NameRules.check(direction, limits, "the name of a document", document);
  }
}
