package dev.plait.wire;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.codec.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything that takes bytes of strangers, each with samples of all kinds. */
final class FuzzSubjects {
  private static final int SAMPLES = 150;
  private static final int STORIES = 8;
  private static final int TYPISTS = 10;

  private FuzzSubjects() {}

  /** All of them, with samples that follow from a seed. */
  static List<FuzzSubject> of(long seed) {
    Codec codec = WireCodec.create();
    List<FuzzStory> stories = new ArrayList<>();
    List<Chunk> chunks = new ArrayList<>();
    List<byte[]> snapshots = new ArrayList<>();
    chunks.add(chunk(codec, List.of(Samples.keystroke())));
    chunks.add(chunk(codec, Samples.everyOperation()));
    snapshots.add(codec.encodeSnapshot(Samples.snapshot()));
    for (int i = 0; i < SAMPLES; i++) {
      chunks.add(chunk(codec, new RandomSamples(seed + i).changes()));
      chunks.add(chunk(codec, new RandomTyping(seed + i).changes()));
      snapshots.add(codec.encodeSnapshot(new RandomSnapshots(seed + i).snapshot()));
    }
    for (int i = 0; i < STORIES; i++) {
      FuzzStory story = new FuzzStory(seed + i);
      stories.add(story);
      story.chunks().forEach(bytes -> chunks.add(codec.readChunk(bytes)));
      snapshots.addAll(story.snapshots());
    }
    List<byte[]> bundles = new ArrayList<>();
    for (int i = 0; i + 2 < chunks.size(); i += 10) {
      bundles.add(codec.encodeBundle(chunks.subList(i, i + 1 + i % 3)));
    }
    List<byte[]> frames = Samples.messages(codec).stream().map(codec::encodeMessage).toList();
    List<FuzzSubject> subjects = new ArrayList<>();
    subjects.add(new ChunkSubject(chunks.stream().map(Chunk::bytes).toList()));
    subjects.add(new BundleSubject(bundles));
    subjects.add(new SnapshotSubject(snapshots));
    subjects.add(new MessageSubject(frames));
    for (int i = 0; i < TYPISTS; i++) {
      subjects.addAll(KeystrokeSubject.of(codec, new RandomTyping(seed + i).changes()));
    }
    for (FuzzStory story : stories) {
      subjects.add(new ApplySubject(story));
      subjects.add(new ChunksSubject(story));
      subjects.add(new JoinSubject(story));
      subjects.add(new SessionSubject(story, frames));
    }
    return subjects;
  }

  /** The first of each name. */
  static List<FuzzSubject> oneOfEach(long seed) {
    Map<String, FuzzSubject> byName = new TreeMap<>();
    of(seed).forEach(subject -> byName.putIfAbsent(subject.name(), subject));
    return List.copyOf(byName.values());
  }

  private static Chunk chunk(Codec codec, List<Change> changes) {
    return codec.encodeChunk(Samples.DOCUMENT, changes);
  }
}
