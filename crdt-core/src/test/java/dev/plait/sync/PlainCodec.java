package dev.plait.sync;

import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** As much of a codec as sessions need, in the plainest of formats. */
final class PlainCodec implements Codec {

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  private static byte[] write(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writing.to(new DataOutputStream(bytes));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static <T> T read(byte[] bytes, Reading<T> reading) {
    try {
      return reading.from(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException cut) {
      throw new ProtocolException(ProtocolException.MALFORMED, "the bytes end too early", cut);
    }
  }

  @Override
  public byte[] encodeMessage(SyncMessage message) {
    return write(out -> writeMessage(message, out));
  }

  private static void writeMessage(SyncMessage message, DataOutputStream out) throws IOException {
    if (message instanceof SyncMessage.ToSession addressed) {
      out.writeByte('T');
      out.writeInt(addressed.session());
      writeMessage(addressed.message(), out);
    } else if (message instanceof SyncMessage.Hello hello) {
      out.writeByte('H');
      out.writeInt(hello.protocolVersion());
      out.write(hello.replica().toBytes());
      writeNames(hello.features(), out);
      out.writeLong(hello.credit());
      out.writeInt(hello.session());
      out.writeInt(hello.heard());
    } else if (message instanceof SyncMessage.Want want) {
      out.writeByte('W');
      out.writeLong(want.serial());
      out.writeBoolean(want.all());
      writeNames(want.documents(), out);
      writeNames(want.prefixes(), out);
    } else if (message instanceof SyncMessage.Have have) {
      out.writeByte('V');
      out.writeInt(have.handle());
      out.writeUTF(have.document());
      writeDots(have.version().dots(), out);
      writeTimes(have.times(), out);
      out.writeBoolean(have.answer());
      out.writeLong(have.credit());
    } else if (message instanceof SyncMessage.Ack ack) {
      out.writeByte('A');
      out.writeInt(ack.handle());
      writeDots(ack.advanced().dots(), out);
      writeTimes(ack.times(), out);
      out.writeInt(ack.snapshotBytes());
      out.writeLong(ack.credit());
    } else if (message instanceof SyncMessage.Changes changes) {
      out.writeByte('C');
      out.writeUTF(changes.document());
      writeBytes(write(inner -> writeChunks(changes.chunks(), inner)), out);
    } else if (message instanceof SyncMessage.Next next) {
      out.writeByte('N');
      out.writeInt(next.handle());
      out.writeBoolean(next.author() != null);
      out.writeInt(next.author() == null ? 0 : next.author());
      out.writeLong(next.counter());
      writeBytes(next.keystroke(), out);
    } else if (message instanceof SyncMessage.SnapshotPart part) {
      out.writeByte('S');
      out.writeUTF(part.document());
      writeDots(part.version().dots(), out);
      out.writeInt(part.offset());
      out.writeInt(part.totalSize());
      writeBytes(part.bytes(), out);
    } else if (message instanceof SyncMessage.InSync inSync) {
      out.writeByte('I');
      out.writeLong(inSync.want());
    } else if (message instanceof SyncMessage.Presence presence) {
      out.writeByte('P');
      out.writeUTF(presence.document());
      out.write(presence.replica().toBytes());
      out.writeLong(presence.serial());
      writeBytes(presence.data(), out);
    } else if (message instanceof SyncMessage.Failure failure) {
      out.writeByte('F');
      out.writeUTF(failure.code());
      out.writeUTF(failure.message());
      out.writeUTF(failure.document());
    } else {
      out.writeByte('B');
    }
  }

  @Override
  public SyncMessage decodeMessage(byte[] frame) {
    return read(frame, PlainCodec::readMessage);
  }

  private static SyncMessage readMessage(DataInputStream in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 'T' -> new SyncMessage.ToSession(in.readInt(), readMessage(in));
      case 'H' ->
          new SyncMessage.Hello(
              in.readInt(),
              readReplica(in),
              readNames(in),
              in.readLong(),
              in.readInt(),
              in.readInt());
      case 'W' ->
          new SyncMessage.Want(in.readLong(), in.readBoolean(), readNames(in), readNames(in));
      case 'V' ->
          new SyncMessage.Have(
              in.readInt(),
              in.readUTF(),
              VersionVector.from(readDots(in)),
              readTimes(in),
              in.readBoolean(),
              in.readLong());
      case 'A' ->
          new SyncMessage.Ack(
              in.readInt(),
              VersionVector.from(readDots(in)),
              readTimes(in),
              in.readInt(),
              in.readLong());
      case 'C' -> new SyncMessage.Changes(in.readUTF(), chunks(readBytes(in)));
      case 'N' -> {
        int handle = in.readInt();
        boolean isNamed = in.readBoolean();
        int author = in.readInt();
        yield new SyncMessage.Next(handle, isNamed ? author : null, in.readLong(), readBytes(in));
      }
      case 'S' ->
          new SyncMessage.SnapshotPart(
              in.readUTF(),
              VersionVector.from(readDots(in)),
              in.readInt(),
              in.readInt(),
              readBytes(in));
      case 'I' -> new SyncMessage.InSync(in.readLong());
      case 'P' ->
          new SyncMessage.Presence(in.readUTF(), readReplica(in), in.readLong(), readBytes(in));
      case 'F' -> new SyncMessage.Failure(in.readUTF(), in.readUTF(), in.readUTF());
      case 'B' -> new SyncMessage.Bye();
      default ->
          throw new ProtocolException(ProtocolException.MALFORMED, "no message is of kind " + kind);
    };
  }

  /** Chunks in a row, as a snapshot of the tests' documents. */
  static byte[] bytes(Collection<Chunk> chunks) {
    return write(out -> writeChunks(chunks, out));
  }

  /** The chunks of a row. */
  static List<Chunk> chunks(byte[] bytes) {
    return read(
        bytes,
        in -> {
          List<Chunk> chunks = new ArrayList<>();
          while (in.available() > 0) {
            chunks.add(readChunk(in));
          }
          return chunks;
        });
  }

  private static void writeChunks(Collection<Chunk> chunks, DataOutputStream out)
      throws IOException {
    for (Chunk chunk : chunks) {
      ChunkHeader header = chunk.header();
      out.writeUTF(header.document());
      out.write(header.replica().toBytes());
      out.writeLong(header.firstCounter());
      out.writeLong(header.lastCounter());
      writeDots(header.dependencies(), out);
      out.writeLong(header.previousTime().bits());
      out.writeLong(header.firstTime().bits());
      writeBytes(chunk.bytes(), out);
    }
  }

  private static Chunk readChunk(DataInputStream in) throws IOException {
    String document = in.readUTF();
    ReplicaId replica = readReplica(in);
    long first = in.readLong();
    long last = in.readLong();
    List<Dot> dependencies = readDots(in);
    HybridTimestamp before = new HybridTimestamp(in.readLong());
    HybridTimestamp time = new HybridTimestamp(in.readLong());
    ChunkHeader header =
        new ChunkHeader(document, replica, first, last, dependencies, before, time, time, 0);
    return Chunk.of(header, readBytes(in));
  }

  private static ReplicaId readReplica(DataInputStream in) throws IOException {
    return ReplicaId.of(in.readLong(), in.readLong());
  }

  private static void writeDots(List<Dot> dots, DataOutputStream out) throws IOException {
    out.writeInt(dots.size());
    for (Dot dot : dots) {
      out.write(dot.replica().toBytes());
      out.writeLong(dot.counter());
    }
  }

  private static List<Dot> readDots(DataInputStream in) throws IOException {
    List<Dot> dots = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      dots.add(new Dot(readReplica(in), in.readLong()));
    }
    return dots;
  }

  private static void writeNames(List<String> names, DataOutputStream out) throws IOException {
    out.writeInt(names.size());
    for (String name : names) {
      out.writeUTF(name);
    }
  }

  private static List<String> readNames(DataInputStream in) throws IOException {
    List<String> names = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      names.add(in.readUTF());
    }
    return names;
  }

  private static void writeTimes(List<HybridTimestamp> times, DataOutputStream out)
      throws IOException {
    out.writeInt(times.size());
    for (HybridTimestamp time : times) {
      out.writeLong(time.bits());
    }
  }

  private static List<HybridTimestamp> readTimes(DataInputStream in) throws IOException {
    List<HybridTimestamp> times = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      times.add(new HybridTimestamp(in.readLong()));
    }
    return times;
  }

  private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }

  @Override
  public Chunk encodeChunk(String document, ChangeColumns changes) {
    throw new UnsupportedOperationException("the changes of the tests are no columns");
  }

  @Override
  public Chunk encodeChunk(String document, List<Change> changes) {
    return PlainChanges.encode(document, changes.get(0));
  }

  @Override
  public List<Change> decodeChunk(Chunk chunk) {
    return List.of(PlainChanges.decode(chunk));
  }

  @Override
  public byte @Nullable [] encodeNext(Change previous, Change next, ReplicaId listener) {
    return PlainChanges.next(previous, next);
  }

  @Override
  public Change decodeNext(Change previous, byte[] bytes, ReplicaId listener) {
    return PlainChanges.follow(previous, bytes);
  }

  @Override
  public Chunk readChunk(byte[] bytes) {
    throw new UnsupportedOperationException("sessions get their chunks in messages");
  }

  @Override
  public boolean canRead(ChunkHeader header) {
    return true;
  }

  @Override
  public void decodeChunk(Chunk chunk, ChangeColumns into) {
    throw new UnsupportedOperationException("the changes of the tests are no columns");
  }

  @Override
  public int decodeBundle(byte[] bytes, String document, IntFunction<ChangeColumns> into) {
    throw new UnsupportedOperationException("sessions get no bundles");
  }

  @Override
  public byte[] encodeBundle(List<Chunk> chunks) {
    throw new UnsupportedOperationException("sessions make no bundles");
  }

  @Override
  public List<Chunk> decodeBundle(byte[] bytes) {
    throw new UnsupportedOperationException("sessions get no bundles");
  }

  @Override
  public byte[] encodeSnapshot(Snapshot snapshot) {
    throw new UnsupportedOperationException("sessions make no snapshots");
  }

  @Override
  public Snapshot decodeSnapshot(byte[] bytes) {
    throw new UnsupportedOperationException("sessions do not look into snapshots");
  }
}
