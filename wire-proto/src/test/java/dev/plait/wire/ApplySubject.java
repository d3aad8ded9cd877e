package dev.plait.wire;

import dev.plait.document.ApplyReport;
import dev.plait.document.Document;
import dev.plait.wire.RawMessage.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A document that takes bundles, mostly with one damaged chunk inside. */
final class ApplySubject extends DocumentSubject {
  ApplySubject(FuzzStory story) {
    super("apply", story);
  }

  @Override
  List<byte[]> samples(FuzzStory told) {
    return told.bundles();
  }

  @Override
  ApplyReport give(byte[] input, Document taker) {
    return taker.apply(input);
  }

  @Override
  public byte[] damaged(byte[] sample, byte[] donor, Random random) {
    List<Field> fields = RawMessage.fields(sample);
    List<Field> others = RawMessage.fields(donor);
    if (fields == null || others == null || random.nextInt(8) == 0) {
      return new RawMutation(random).of(sample, donor);
    }
    List<Field> changed = new ArrayList<>(fields);
    int at = random.nextInt(fields.size());
    Field other = others.get(random.nextInt(others.size()));
    byte[] chunk =
        DecodedSubject.damaged(Sealed.CHUNK, fields.get(at).body(), other.body(), random);
    changed.set(at, Field.of(BundleFormat.CHUNKS, chunk));
    return RawMessage.write(changed);
  }
}
