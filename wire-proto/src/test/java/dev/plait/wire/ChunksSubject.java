package dev.plait.wire;

import dev.plait.codec.Codec;
import dev.plait.document.ApplyReport;
import dev.plait.document.Document;
import java.util.List;
import java.util.Random;

/** A document that takes a damaged chunk. */
final class ChunksSubject extends DocumentSubject {
  private final Codec codec = WireCodec.create();

  ChunksSubject(FuzzStory story) {
    super("chunks", story);
  }

  @Override
  List<byte[]> samples(FuzzStory told) {
    return told.chunks();
  }

  @Override
  ApplyReport give(byte[] input, Document taker) {
    return taker.applyChunks(List.of(codec.readChunk(input)));
  }

  @Override
  public byte[] damaged(byte[] sample, byte[] donor, Random random) {
    return DecodedSubject.damaged(Sealed.CHUNK, sample, donor, random);
  }
}
