package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;
import static dev.plait.wire.Direction.ENCODING;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.plait.change.Chunk;
import dev.plait.clock.HybridTimestamp;
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
    if (message instanceof SyncMessage.ToSession addressed) {
      written.setSession(addressed.session());
      setKind(written, addressed.message());
    } else {
      setKind(written, message);
    }
    return MessageBytes.write(limits, WHAT, limits.maxFrameBytes(), written.build());
  }

  private void setKind(PlaitProto.Message.Builder written, SyncMessage message) {
    if (message instanceof SyncMessage.Hello hello) {
      written.setHello(hello(hello));
    } else if (message instanceof SyncMessage.Want want) {
      written.setWant(want(want));
    } else if (message instanceof SyncMessage.Have have) {
      written.setHave(have(have));
    } else if (message instanceof SyncMessage.Ack ack) {
      written.setAck(ack(ack));
    } else if (message instanceof SyncMessage.Changes changes) {
      written.setChanges(changes(changes));
    } else if (message instanceof SyncMessage.Next next) {
      written.setNext(next(next));
    } else if (message instanceof SyncMessage.SnapshotPart part) {
      written.setSnapshotPart(snapshotPart(part));
    } else if (message instanceof SyncMessage.InSync inSync) {
      written.setInSync(inSync(inSync));
    } else if (message instanceof SyncMessage.Presence presence) {
      written.setPresence(presence(presence));
    } else if (message instanceof SyncMessage.Failure failure) {
      written.setFailure(failure(failure));
    } else {
      written.setBye(PlaitProto.Bye.getDefaultInstance());
    }
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
    SyncMessage message = kind(written);
    int session = written.getSession();
    if (session == 0) {
      return message;
    }
    if (session < 0 || message instanceof SyncMessage.Hello) {
      throw DECODING.malformed(
          "a session is numbered from 1 to 2^31-1 and begins with a Hello that is for any");
    }
    return new SyncMessage.ToSession(session, message);
  }

  private SyncMessage kind(PlaitProto.Message written) {
    return switch (written.getKindCase()) {
      case HELLO -> hello(written.getHello());
      case WANT -> want(written.getWant());
      case HAVE -> have(written.getHave());
      case ACK -> ack(written.getAck());
      case CHANGES -> changes(written.getChanges());
      case NEXT -> next(written.getNext());
      case SNAPSHOT_PART -> snapshotPart(written.getSnapshotPart());
      case IN_SYNC -> inSync(written.getInSync());
      case PRESENCE -> presence(written.getPresence());
      case FAILURE -> failure(written.getFailure());
      case BYE -> new SyncMessage.Bye();
      case KIND_NOT_SET -> throw DECODING.malformed("a message has no kind");
    };
  }

  private PlaitProto.Hello hello(SyncMessage.Hello hello) {
    checkHello(ENCODING, hello);
    return PlaitProto.Hello.newBuilder()
        .setProtocolVersion(hello.protocolVersion())
        .setReplica(ReplicaBytes.write(hello.replica()))
        .addAllFeatures(hello.features())
        .setCredit(hello.credit())
        .setSession(hello.session())
        .setHeard(hello.heard())
        .build();
  }

  private SyncMessage hello(PlaitProto.Hello written) {
    SyncMessage.Hello hello =
        new SyncMessage.Hello(
            written.getProtocolVersion(),
            ReplicaBytes.readOne(written.getReplica()),
            written.getFeaturesList(),
            written.getCredit(),
            written.getSession(),
            written.getHeard());
    checkHello(DECODING, hello);
    return hello;
  }

  private void checkHello(Direction direction, SyncMessage.Hello hello) {
    if (hello.protocolVersion() < 1) {
      throw direction.malformed("versions of the session protocol are from 1 to 2^31-1");
    }
    if (hello.session() < 1 || hello.heard() < 0) {
      throw direction.malformed("sessions are numbered from 1 to 2^31-1");
    }
    hello.features().forEach(name -> checkName(direction, "the name of a feature", name));
    checkCredit(direction, hello.credit());
  }

  private static void checkCredit(Direction direction, long credit) {
    if (credit < 0) {
      throw direction.malformed("a credit is from 0 to 2^63-1 bytes");
    }
  }

  private PlaitProto.Want want(SyncMessage.Want want) {
    checkWant(ENCODING, want);
    return PlaitProto.Want.newBuilder()
        .setSerial(want.serial())
        .setAll(want.all())
        .addAllDocuments(want.documents())
        .addAllPrefixes(want.prefixes())
        .build();
  }

  private SyncMessage want(PlaitProto.Want written) {
    SyncMessage.Want want =
        new SyncMessage.Want(
            written.getSerial(),
            written.getAll(),
            written.getDocumentsList(),
            written.getPrefixesList());
    checkWant(DECODING, want);
    return want;
  }

  private void checkWant(Direction direction, SyncMessage.Want want) {
    checkSerial(direction, want.serial());
    want.documents().forEach(document -> checkDocument(direction, document));
    want.prefixes().forEach(prefix -> checkName(direction, "a prefix", prefix));
  }

  private static void checkSerial(Direction direction, long serial) {
    if (serial < 1) {
      throw direction.malformed("a Want is numbered from 1 to 2^63-1");
    }
  }

  private PlaitProto.Have have(SyncMessage.Have have) {
    checkHave(ENCODING, have);
    PlaitProto.Have.Builder written =
        PlaitProto.Have.newBuilder()
            .setDocument(have.document())
            .setAnswer(have.answer())
            .setHandle(have.handle())
            .addAllTimes(bits(have.times()))
            .setCredit(have.credit());
    if (!have.version().isEmpty()) {
      written.setVersion(version(have.version()));
    }
    return written.build();
  }

  private SyncMessage have(PlaitProto.Have written) {
    SyncMessage.Have have =
        new SyncMessage.Have(
            written.getHandle(),
            written.getDocument(),
            DotColumns.readVersion(written.getVersion()),
            times(written.getTimesList()),
            written.getAnswer(),
            written.getCredit());
    checkHave(DECODING, have);
    return have;
  }

  private void checkHave(Direction direction, SyncMessage.Have have) {
    checkDocument(direction, have.document());
    checkHandle(direction, have.handle());
    checkTimes(direction, have.version(), have.times());
    checkCredit(direction, have.credit());
  }

  private PlaitProto.Ack ack(SyncMessage.Ack ack) {
    checkAck(ENCODING, ack);
    PlaitProto.Ack.Builder written =
        PlaitProto.Ack.newBuilder()
            .setHandle(ack.handle())
            .addAllTimes(bits(ack.times()))
            .setSnapshotBytes(ack.snapshotBytes())
            .setCredit(ack.credit());
    if (!ack.advanced().isEmpty()) {
      written.setAdvanced(version(ack.advanced()));
    }
    return written.build();
  }

  private SyncMessage ack(PlaitProto.Ack written) {
    SyncMessage.Ack ack =
        new SyncMessage.Ack(
            written.getHandle(),
            DotColumns.readVersion(written.getAdvanced()),
            times(written.getTimesList()),
            written.getSnapshotBytes(),
            written.getCredit());
    checkAck(DECODING, ack);
    return ack;
  }

  private void checkAck(Direction direction, SyncMessage.Ack ack) {
    checkHandle(direction, ack.handle());
    checkTimes(direction, ack.advanced(), ack.times());
    checkCredit(direction, ack.credit());
    if (ack.snapshotBytes() < 0) {
      throw direction.malformed("a snapshot has fewer than 2^31 bytes");
    }
  }

  private static List<Long> bits(List<HybridTimestamp> times) {
    List<Long> bits = new ArrayList<>(times.size());
    times.forEach(time -> bits.add(time.bits()));
    return bits;
  }

  private static List<HybridTimestamp> times(List<Long> bits) {
    List<HybridTimestamp> times = new ArrayList<>(bits.size());
    bits.forEach(time -> times.add(new HybridTimestamp(time)));
    return times;
  }

  private static void checkTimes(
      Direction direction, VersionVector version, List<HybridTimestamp> times) {
    if (!times.isEmpty() && times.size() != version.size()) {
      throw direction.malformed(
          "there are "
              + times.size()
              + " times for a version of "
              + version.size()
              + " replicas; there is one for each, or none");
    }
  }

  private void checkHandle(Direction direction, int handle) {
    if (Integer.compareUnsigned(handle, limits.maxDocuments()) >= 0) {
      throw direction.tooMuch(
          "the number "
              + Integer.toUnsignedString(handle)
              + " for a document is too high; a session has at most "
              + limits.maxDocuments());
    }
  }

  private PlaitProto.Next next(SyncMessage.Next next) {
    checkNext(ENCODING, next);
    PlaitProto.Next.Builder written =
        PlaitProto.Next.newBuilder()
            .setHandle(next.handle())
            .setCounter(next.counter())
            .setKeystroke(UnsafeByteOperations.unsafeWrap(next.keystroke()));
    if (next.author() != null) {
      written.setAuthor(AuthorBytes.write(next.author()));
    }
    return written.build();
  }

  private SyncMessage next(PlaitProto.Next written) {
    SyncMessage.Next next =
        new SyncMessage.Next(
            written.getHandle(),
            AuthorBytes.read(written.getAuthor()),
            written.getCounter(),
            written.getKeystroke().toByteArray());
    checkNext(DECODING, next);
    return next;
  }

  private void checkNext(Direction direction, SyncMessage.Next next) {
    checkHandle(direction, next.handle());
    if (next.counter() < 2) {
      throw direction.malformed("what follows a change is numbered from 2 to 2^63-1");
    }
  }

  private static PlaitProto.InSync inSync(SyncMessage.InSync inSync) {
    checkSerial(ENCODING, inSync.want());
    return PlaitProto.InSync.newBuilder().setWant(inSync.want()).build();
  }

  private static SyncMessage inSync(PlaitProto.InSync written) {
    checkSerial(DECODING, written.getWant());
    return new SyncMessage.InSync(written.getWant());
  }

  private PlaitProto.Presence presence(SyncMessage.Presence presence) {
    checkPresence(ENCODING, presence.document(), presence.serial(), presence.data().length);
    return PlaitProto.Presence.newBuilder()
        .setDocument(presence.document())
        .setReplica(ReplicaBytes.write(presence.replica()))
        .setSerial(presence.serial())
        .setData(UnsafeByteOperations.unsafeWrap(presence.data()))
        .build();
  }

  private SyncMessage presence(PlaitProto.Presence written) {
    checkPresence(DECODING, written.getDocument(), written.getSerial(), written.getData().size());
    return new SyncMessage.Presence(
        written.getDocument(),
        ReplicaBytes.readOne(written.getReplica()),
        written.getSerial(),
        written.getData().toByteArray());
  }

  private void checkPresence(Direction direction, String document, long serial, int size) {
    checkDocument(direction, document);
    if (serial < 0) {
      throw direction.malformed("serials of presence are from 0 to 2^63-1");
    }
    if (size > limits.maxPresenceBytes()) {
      throw direction.tooMuch(
          "presence takes " + size + " bytes; at most " + limits.maxPresenceBytes());
    }
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
    checkName(ENCODING, "the code of a failure", failure.code());
    NameRules.checkWellFormed(ENCODING, "the message of a failure", failure.message());
    checkName(ENCODING, "the name of a document", failure.document());
    return PlaitProto.Failure.newBuilder()
        .setCode(failure.code())
        .setMessage(failure.message())
        .setDocument(failure.document())
        .build();
  }

  private SyncMessage failure(PlaitProto.Failure written) {
    checkName(DECODING, "the code of a failure", written.getCode());
    checkName(DECODING, "the name of a document", written.getDocument());
    return new SyncMessage.Failure(written.getCode(), written.getMessage(), written.getDocument());
  }

  private void checkDocument(Direction direction, String document) {
    checkName(direction, "the name of a document", document);
    if (document.isEmpty()) {
      throw direction.malformed("the name of a document has at least one character");
    }
  }

  private void checkName(Direction direction, String what, String name) {
    NameRules.check(direction, limits, what, name);
  }
}
