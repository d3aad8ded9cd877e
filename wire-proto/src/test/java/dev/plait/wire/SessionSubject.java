package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.document.Document;
import dev.plait.document.DocumentException;
import dev.plait.document.DocumentInvariants;
import dev.plait.message.SyncMessage;
import dev.plait.sync.SyncEnd;
import dev.plait.sync.SyncListener;
import dev.plait.sync.SyncSession;
import dev.plait.wire.v1.PlaitProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A session in mid-conversation that is handed a damaged frame. */
final class SessionSubject implements FuzzSubject {
  private static final ReplicaId PEER = ReplicaId.of(77, 77);
  private static final int MOST_FRAMES = 200;
  private static final int MOST_DOCUMENTS = 50;
  private static final int ANSWER = 1 << 14;
  private static final long PER_BYTE = 100;

  private final Codec codec = WireCodec.create();
  private final FuzzStory story;
  private final Allocation allocation = new Allocation(PER_BYTE);
  private final byte[] hello = codec.encodeMessage(new SyncMessage.Hello(1, PEER));
  private final List<byte[]> frames = new ArrayList<>();
  private HybridLogicalClock clock;
  private Document document;
  private SyncSession session;
  private Standing before;

  SessionSubject(FuzzStory story, List<byte[]> otherFrames) {
    this.story = story;
    frames.addAll(otherFrames);
    for (byte[] chunk : story.chunks()) {
      frames.add(changes(List.of(chunk)));
    }
    frames.add(changes(story.chunks()));
    VersionVector version = VersionVector.of(story.heard());
    frames.add(codec.encodeMessage(new SyncMessage.Have(FuzzStory.DOCUMENT, version, true)));
    for (byte[] snapshot : story.snapshots()) {
      VersionVector covered = codec.decodeSnapshot(snapshot).version();
      frames.add(part(snapshot, covered));
    }
    clock = story.clock();
    document = story.listener(clock);
    session = start();
    before = Standing.of(document, clock);
  }

  private void begin() {
    session = start();
    before = Standing.of(document, clock);
  }

  private static byte[] changes(List<byte[]> chunks) {
    PlaitProto.Changes.Builder changes =
        PlaitProto.Changes.newBuilder().setDocument(FuzzStory.DOCUMENT);
    chunks.forEach(chunk -> changes.addChunks(ByteString.copyFrom(chunk)));
    return PlaitProto.Message.newBuilder().setChanges(changes).build().toByteArray();
  }

  private byte[] part(byte[] snapshot, VersionVector version) {
    return codec.encodeMessage(
        new SyncMessage.SnapshotPart(FuzzStory.DOCUMENT, version, 0, snapshot.length, snapshot));
  }

  private SyncSession start() {
    SyncSession started =
        SyncSession.start(
            new FuzzDocuments(document), codec, Limits.defaults(), SyncListener.none());
    started.onFrame(hello);
    drain(started);
    return started;
  }

  private static int drain(SyncSession from) {
    int frames = 0;
    for (byte[] frame = from.poll(); frame != null; frame = from.poll()) {
      frames++;
      assertTrue(frames < MOST_FRAMES, "it does not stop talking");
    }
    return frames;
  }

  @Override
  public String name() {
    return "session";
  }

  @Override
  public int turns() {
    return 1;
  }

  @Override
  public byte[] sample(Random random) {
    return frames.get(random.nextInt(frames.size()));
  }

  /** A damaged frame, or one that is whole around a chunk or snapshot that is not. */
  @Override
  public byte[] damaged(byte[] sample, byte[] donor, Random random) {
    List<byte[]> chunks = story.chunks();
    List<byte[]> snapshots = story.snapshots();
    switch (random.nextInt(4)) {
      case 0 -> {
        byte[] chunk = chunks.get(random.nextInt(chunks.size()));
        byte[] other = chunks.get(random.nextInt(chunks.size()));
        return changes(List.of(DecodedSubject.damaged(Sealed.CHUNK, chunk, other, random)));
      }
      case 1 -> {
        byte[] snapshot = snapshots.get(random.nextInt(snapshots.size()));
        byte[] other = snapshots.get(random.nextInt(snapshots.size()));
        VersionVector version = codec.decodeSnapshot(other).version();
        return part(DecodedSubject.damaged(Sealed.SNAPSHOT, snapshot, other, random), version);
      }
      default -> {
        return DecodedSubject.damaged(null, sample, donor, random);
      }
    }
  }

  @Override
  public String take(byte[] input) {
    // It may inflate as far as limits allow, and answer with all it holds.
    long given = input.length * (long) Limits.defaults().maxInflation() + ANSWER;
    return allocation.bounded(given, () -> hear(input));
  }

  private String hear(byte[] input) {
    String refusal = refusal(input);
    Standing after = Standing.of(document, clock);
    if (refusal != null) {
      assertEquals(before, after, "changed by what was refused");
      begin();
      return refusal;
    }
    if (!after.equals(before)) {
      DocumentInvariants.check(document);
      clock = story.clock();
      document = story.listener(clock);
      begin();
    } else if (session.end() != null || session.status().documents().size() > MOST_DOCUMENTS) {
      begin();
    }
    return ACCEPTED;
  }

  /** Lets the session hear a frame and say all it has to say; the code if it refuses it. */
  private @Nullable String refusal(byte[] input) {
    try {
      session.onFrame(input);
    } catch (DocumentException refusal) {
      // What a document says to a snapshot comes out of the session, which then is dropped.
      return Refusals.code(refusal);
    }
    session.onTick();
    drain(session);
    SyncEnd end = session.end();
    if (end == null || end.byPeer()) {
      return null;
    }
    assertTrue(session.isFinished());
    return end.code();
  }
}
