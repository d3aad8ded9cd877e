package dev.plait.sync;

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
    if (message instanceof SyncMessage.Hello hello) {
      out.writeByte('H');
      out.writeInt(hello.protocolVersion());
      out.write(hello.replica().toBytes());
    } else if (message instanceof SyncMessage.Have have) {
      out.writeByte('V');
      out.writeUTF(have.document());
      writeDots(have.version().dots(), out);
      out.writeBoolean(have.answer());
    } else if (message instanceof SyncMessage.Changes changes) {
      out.writeByte('C');
      out.writeUTF(changes.document());
      writeBytes(write(inner -> writeChunks(changes.chunks(), inner)), out);
    } else if (message instanceof SyncMessage.SnapshotPart part) {
      out.writeByte('S');
      out.writeUTF(part.document());
      writeDots(part.version().dots(), out);
      out.writeInt(part.offset());
      out.writeInt(part.totalSize());
      writeBytes(part.bytes(), out);
    } else if (message instanceof SyncMessage.Failure failure) {
      out.writeByte('F');
      out.writeUTF(failure.code());
      out.writeUTF(failure.message());
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
      case 'H' -> new SyncMessage.Hello(in.readInt(), readReplica(in));
      case 'V' ->
          new SyncMessage.Have(in.readUTF(), VersionVector.from(readDots(in)), in.readBoolean());
      case 'C' -> new SyncMessage.Changes(in.readUTF(), chunks(readBytes(in)));
      case 'S' ->
          new SyncMessage.SnapshotPart(
              in.readUTF(),
              VersionVector.from(readDots(in)),
              in.readInt(),
              in.readInt(),
              readBytes(in));
      case 'F' -> new SyncMessage.Failure(in.readUTF(), in.readUTF());
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

  private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }

  @Override
  public Chunk encodeChunk(String document, ChangeColumns changes) {
    throw new UnsupportedOperationException("sessions make no chunks");
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
    throw new UnsupportedOperationException("sessions do not look into chunks");
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
