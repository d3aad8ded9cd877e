package dev.plait.wire;

import dev.plait.document.ApplyReport;
import dev.plait.document.Document;
import java.util.List;
import java.util.Random;

/** A document that joins a damaged snapshot. */
final class JoinSubject extends DocumentSubject {
  JoinSubject(FuzzStory story) {
    super("join", story);
  }

  @Override
  List<byte[]> samples(FuzzStory told) {
    return told.snapshots();
  }

  @Override
  ApplyReport give(byte[] input, Document taker) {
    return taker.join(input);
  }

  @Override
  public byte[] damaged(byte[] sample, byte[] donor, Random random) {
    return DecodedSubject.damaged(Sealed.SNAPSHOT, sample, donor, random);
  }
}
