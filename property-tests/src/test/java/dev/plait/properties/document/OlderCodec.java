package dev.plait.properties.document;

import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.change.Snapshot;
import dev.plait.codec.Codec;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import dev.plait.wire.WireCodec;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/** The codec of an older release: there are chunks whose payload it can't read. */
final class OlderCodec implements Codec {
  private final WireCodec codec = WireCodec.create();
  private final Predicate<ChunkHeader> readable;

  OlderCodec(Predicate<ChunkHeader> readable) {
    this.readable = readable;
  }

  @Override
  public boolean canRead(ChunkHeader header) {
    return readable.test(header);
  }

  @Override
  public void decodeChunk(Chunk chunk, ChangeColumns into) {
    if (!canRead(chunk.header())) {
      throw new ProtocolException(
          ProtocolException.UNSUPPORTED_VERSION, "a newer release wrote this");
    }
    codec.decodeChunk(chunk, into);
  }

  @Override
  public int decodeBundle(byte[] bytes, String document, IntFunction<ChangeColumns> into) {
    boolean all = codec.decodeBundle(bytes).stream().allMatch(chunk -> canRead(chunk.header()));
    return all ? codec.decodeBundle(bytes, document, into) : -1;
  }

  @Override
  public Chunk encodeChunk(String document, ChangeColumns changes) {
    return codec.encodeChunk(document, changes);
  }

  @Override
  public Chunk readChunk(byte[] bytes) {
    return codec.readChunk(bytes);
  }

  @Override
  public byte[] encodeBundle(List<Chunk> chunks) {
    return codec.encodeBundle(chunks);
  }

  @Override
  public List<Chunk> decodeBundle(byte[] bytes) {
    return codec.decodeBundle(bytes);
  }

  @Override
  public byte[] encodeSnapshot(Snapshot snapshot) {
    return codec.encodeSnapshot(snapshot);
  }

  @Override
  public Snapshot decodeSnapshot(byte[] bytes) {
    return codec.decodeSnapshot(bytes);
  }

  @Override
  public byte[] encodeMessage(SyncMessage message) {
    return codec.encodeMessage(message);
  }

  @Override
  public SyncMessage decodeMessage(byte[] frame) {
    return codec.decodeMessage(frame);
  }
}
