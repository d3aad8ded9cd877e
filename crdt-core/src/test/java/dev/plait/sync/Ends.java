package dev.plait.sync;

import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import dev.plait.message.SyncMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two sessions and the messages between them, moved by hand. */
final class Ends {

  static final int CREDIT = 8000;
  static final Limits SMALL = limits(1 << 20, 1 << 16);

  static Limits limits(int maxList, int maxDocuments) {
    return Limits.builder()
        .maxFrameBytes(1000)
        .maxSnapshotBytes(100_000)
        .maxChangeBytes(900)
        .maxListLength(maxList)
        .maxNameBytes(100)
        .maxDocuments(maxDocuments)
        .maxUnacknowledgedBytes(CREDIT)
        .maxPresenceBytes(100)
        .build();
  }

  /** The Hello of one that has not heard anything. */
  static SyncMessage.Hello hello(ReplicaId replica) {
    return new SyncMessage.Hello(1, replica, List.of("next"), CREDIT, 1, 0);
  }

  /** The Hello of one that has heard the Hello of session 1. */
  static SyncMessage.Hello answer(ReplicaId replica) {
    return new SyncMessage.Hello(1, replica, List.of("next"), CREDIT, 1, 1);
  }

  static SyncMessage.Have have(String document, VersionVector version, boolean answer) {
    return have(0, document, version, answer);
  }

  static SyncMessage.Have have(int handle, String document, VersionVector version, boolean answer) {
    return new SyncMessage.Have(handle, document, version, List.of(), answer, CREDIT);
  }

  static SyncMessage.Failure failure(String code, String message) {
    return new SyncMessage.Failure(code, message, "");
  }

  final FakeDocuments docsA = new FakeDocuments(0xa);
  final FakeDocuments docsB = new FakeDocuments(0xb);
  private final PlainCodec codec = new PlainCodec();
  SyncSettings settingsA = SyncSettings.defaults();
  SyncSettings settingsB = SyncSettings.defaults();
  SyncSession a;
  SyncSession b;

  Ends() {
    a = start(docsA, settingsA);
    b = start(docsB, settingsB);
  }

  private SyncSession start(FakeDocuments documents, SyncSettings settings) {
    return SyncSession.start(documents, codec, SMALL, settings, SyncListener.none());
  }

  /** Ends the sessions and starts two new ones, with whatever the documents hold by now. */
  Ends begin() {
    a = start(docsA, settingsA);
    b = start(docsB, settingsB);
    docsA.whenGrown(document -> a.onDocumentChanged(document));
    docsB.whenGrown(document -> b.onDocumentChanged(document));
    return this;
  }

  /** Says something to a session, with its number. */
  void tell(SyncSession session, SyncMessage message) {
    session.onFrame(
        codec.encodeMessage(
            message instanceof SyncMessage.Hello
                ? message
                : new SyncMessage.ToSession(1, message)));
  }

  /** Lets a session know a peer that wants everything. */
  void introduce(SyncSession session, ReplicaId peer) {
    tell(session, answer(peer));
    tell(session, new SyncMessage.Want(1, true, List.of(), List.of()));
  }

  private SyncMessage decode(byte[] frame) {
    return codec.decodeMessage(frame) instanceof SyncMessage.ToSession addressed
        ? addressed.message()
        : codec.decodeMessage(frame);
  }

  /** The next that a session has to say, if anything. */
  @Nullable SyncMessage fetchOne(SyncSession session) {
    byte[] frame = session.poll();
    return frame == null ? null : decode(frame);
  }

  /** All that a session has to say now. */
  List<SyncMessage> fetch(SyncSession session) {
    List<SyncMessage> messages = new ArrayList<>();
    for (byte[] frame = session.poll(); frame != null; frame = session.poll()) {
      messages.add(decode(frame));
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
