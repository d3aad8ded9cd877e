package dev.plait.wire;

import static dev.plait.wire.Direction.ENCODING;

import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.change.Snapshot;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.ChangesDecoder;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Plait's own format: protobuf messages, described by the {@code .proto} files of this module and
 * by {@code docs/formats.md}.
 *
 * <p>Equal input gives equal bytes. What follows from something else is not written and is rebuilt
 * when reading: the stamps of the operations in a change, and the ids of what they make.
 *
 * <p>Encoding refuses objects that break a rule of the format with {@link
 * IllegalArgumentException}: whoever built them made a mistake. Decoding refuses bytes that break
 * one with {@link ProtocolException}: MALFORMED when the bytes are not what the format says,
 * UNSUPPORTED_VERSION when they are in another version or hold fields and kinds that this release
 * does not know, INVALID_CHANGE when they say something that no change or snapshot may say,
 * WRONG_DOCUMENT when a message carries a chunk of another document than it names. What is larger
 * than the {@link Limits} is refused with {@link ProtocolException} LIMIT_EXCEEDED both ways, so
 * that nothing is written that could not be read or sent: a chunk has to fit into a frame together
 * with a document's name.
 *
 * <p>Every call costs time in the number of bytes, and a snapshot with n runs and set entries O(n
 * log n). Immutable; safe for use by many threads. Found by {@link java.util.ServiceLoader} as a
 * {@link Codec}.
 */
public final class WireCodec implements Codec {
  private final Limits limits;
  private final BundleFormat bundles;
  private final SnapshotFormat snapshots;
  private final MessageFormat messages;

  /** A codec with the default limits; for {@link java.util.ServiceLoader}. */
  public WireCodec() {
    this(Limits.defaults());
  }

  private WireCodec(Limits limits) {
    this.limits = limits;
    this.bundles = new BundleFormat(limits);
    this.snapshots = new SnapshotFormat(limits);
    this.messages = new MessageFormat(limits);
  }

  /** A codec with the default limits. */
  public static WireCodec create() {
    return new WireCodec();
  }

  /** A codec with these limits. */
  public static WireCodec create(Limits limits) {
    return new WireCodec(limits);
  }

  @Override
  public Chunk encodeChunk(String document, List<Change> changes) {
    ChangeRules.checkRow(ENCODING, changes);
    return encodeChunk(document, ChangeColumns.of(changes));
  }

  @Override
  public Chunk encodeChunk(String document, ChangeColumns changes) {
    return new ChunkWriter(limits, changes).write(document);
  }

  @Override
  public Chunk readChunk(byte[] bytes) {
    return ChunkReader.readHeader(limits, bytes);
  }

  @Override
  public boolean canRead(ChunkHeader header) {
    return ChunkFrame.canRead(header.revision());
  }

  @Override
  public void decodeChunk(Chunk chunk, ChangeColumns into) {
    byte[] bytes = chunk.bytes();
    new ChunkReader(limits).read(bytes, 0, bytes.length, null, into);
  }

  @Override
  public int decodeBundle(byte[] bytes, String document, IntFunction<ChangeColumns> into) {
    return BundleDecoder.decode(limits, bytes, document, into);
  }

  @Override
  public ChangesDecoder decoder() {
    return new BundleDecoder(limits);
  }

  @Override
  public byte @Nullable [] encodeNext(Change previous, Change next, ReplicaId listener) {
    return KeystrokeWriter.write(limits, previous, next, listener);
  }

  @Override
  public Change decodeNext(Change previous, byte[] bytes, ReplicaId listener) {
    return KeystrokeReader.read(limits, previous, bytes, listener);
  }

  @Override
  public byte[] encodeBundle(List<Chunk> chunksToBundle) {
    return bundles.write(chunksToBundle);
  }

  @Override
  public List<Chunk> decodeBundle(byte[] bytes) {
    return bundles.read(bytes);
  }

  @Override
  public byte[] encodeSnapshot(Snapshot snapshot) {
    return snapshots.write(snapshot);
  }

  @Override
  public Snapshot decodeSnapshot(byte[] bytes) {
    return snapshots.read(bytes);
  }

  @Override
  public byte[] encodeMessage(SyncMessage message) {
    return messages.write(message);
  }

  @Override
  public SyncMessage decodeMessage(byte[] frame) {
    return messages.read(frame);
  }
}
