package dev.plait.sync;

import dev.plait.codec.Limits;
import dev.plait.message.SyncMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two sessions and the messages between them, moved by hand. */
final class Ends {

  static final Limits SMALL = lists(1 << 20);

  static Limits lists(int maxLength) {
    return Limits.builder()
        .maxFrameBytes(1000)
        .maxSnapshotBytes(100_000)
        .maxChangeBytes(900)
        .maxListLength(maxLength)
        .maxNameBytes(100)
        .build();
  }

  final FakeDocuments docsA = new FakeDocuments(0xa);
  final FakeDocuments docsB = new FakeDocuments(0xb);
  private final PlainCodec codec = new PlainCodec();
  SyncSession a;
  SyncSession b;

  Ends() {
    a = start(docsA);
    b = start(docsB);
  }

  private SyncSession start(FakeDocuments documents) {
    return SyncSession.start(documents, codec, SMALL, SyncListener.none());
  }

  /** Ends the sessions and starts two new ones, with whatever the documents hold by now. */
  Ends begin() {
    a = start(docsA);
    b = start(docsB);
    docsA.whenGrown(document -> a.onDocumentChanged(document));
    docsB.whenGrown(document -> b.onDocumentChanged(document));
    return this;
  }

  void tell(SyncSession session, SyncMessage message) {
    session.onFrame(codec.encodeMessage(message));
  }

  /** The next that a session has to say, if anything. */
  @Nullable SyncMessage fetchOne(SyncSession session) {
    byte[] frame = session.poll();
    return frame == null ? null : codec.decodeMessage(frame);
  }

  /** All that a session has to say now. */
  List<SyncMessage> fetch(SyncSession session) {
    List<SyncMessage> messages = new ArrayList<>();
    for (byte[] frame = session.poll(); frame != null; frame = session.poll()) {
      messages.add(codec.decodeMessage(frame));
    }
    return messages;
  }

  /** Carries messages to and fro until nobody has anything to say. Returns all that was said. */
  List<SyncMessage> talk() {
    List<SyncMessage> said = new ArrayList<>();
    boolean silent = false;
    while (!silent) {
      List<SyncMessage> fromA = fetch(a);
      fromA.forEach(message -> tell(b, message));
      List<SyncMessage> fromB = fetch(b);
      fromB.forEach(message -> tell(a, message));
      said.addAll(fromA);
      said.addAll(fromB);
      silent = fromA.isEmpty() && fromB.isEmpty();
    }
    return said;
  }

  /** How many of the messages are of this kind. */
  static <T extends SyncMessage> List<T> only(Class<T> kind, List<SyncMessage> messages) {
    List<T> found = new ArrayList<>();
    for (SyncMessage message : messages) {
      if (kind.isInstance(message)) {
        found.add(kind.cast(message));
      }
    }
    return found;
  }
}
