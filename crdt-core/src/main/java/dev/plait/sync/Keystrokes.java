package dev.plait.sync;

import dev.plait.change.Change;
import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Codec;
import dev.plait.codec.ProtocolException;
import dev.plait.message.SyncMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Somebody who types makes one small change after another, each as a chunk of its own that names
 * document, author, dependencies and times in full. The listener knows most of that from the change
 * before. What it is sent is therefore only how this one goes on; from that it makes the very same
 * chunk. This works because a chunk is canonical: whoever encodes a change gets the same bytes.
 *
 * What the listener can't follow, because it has missed the change before, is lost to it, and comes
 * again as a chunk when no acknowledgement does.
 */
/** Says changes as what follows the ones before, and understands it. */
final class Keystrokes {

  private final Codec codec;
  private final ReplicaId self;
  private final Map<DocumentProgress, LastChanges> sent = new HashMap<>();
  private final Map<DocumentProgress, LastChanges> received = new HashMap<>();
  private @Nullable ReplicaId listener;

  Keystrokes(Codec codec, ReplicaId self) {
    this.codec = codec;
    this.self = self;
  }

  /** The peer is this one, and whether it understands what is said so. */
  void onHello(SyncMessage.Hello hello) {
    listener = hello.features().contains(Greeting.NEXT) ? hello.replica() : null;
  }

  /** The chunk as what follows the change before it; null if it can't be said so. */
  SyncMessage.@Nullable Next say(DocumentProgress progress, Chunk chunk) {
    LastChanges before = sent.get(progress);
    ReplicaId author = chunk.header().replica();
    if (listener == null
        || before == null
        || !LastChanges.isSmall(chunk)
        || !progress.isFirstTry(chunk)
        || !before.isUnmistakable(author)
        || !codec.canRead(chunk.header())) {
      return null;
    }
    long counter = chunk.header().lastCounter();
    Change previous = before.find(author, counter - 1, codec);
    if (previous == null) {
      return null;
    }
    Change change = codec.decodeChunk(chunk).get(0);
    byte[] keystroke = codec.encodeNext(previous, change, listener);
    if (keystroke == null
        || keystroke.length >= chunk.size()
        || !codec.encodeChunk(progress.document(), List.of(change)).equals(chunk)) {
      return null;
    }
    before.note(chunk, change);
    Integer name = author.equals(self) ? null : LastChanges.name(author);
    return new SyncMessage.Next(progress.handle(), name, counter, keystroke);
  }

  /** These are sent as they are. */
  void onSent(DocumentProgress progress, List<Chunk> chunks) {
    note(sent, progress, chunks);
  }

  /** These came as they are. */
  void onReceived(DocumentProgress progress, List<Chunk> chunks) {
    note(received, progress, chunks);
  }

  private static void note(
      Map<DocumentProgress, LastChanges> all, DocumentProgress progress, List<Chunk> chunks) {
    for (Chunk chunk : chunks) {
      if (LastChanges.isSmall(chunk)) {
        all.computeIfAbsent(progress, key -> new LastChanges()).note(chunk);
      }
    }
  }

  /**
   * The chunk that was meant; null if the change before it has not come.
   *
   * @throws ProtocolException if nothing can be meant
   */
  @Nullable Chunk understand(DocumentProgress progress, SyncMessage.Next next, ReplicaId speaker) {
    LastChanges before = received.get(progress);
    if (before == null) {
      return null;
    }
    ReplicaId author = next.author() == null ? speaker : before.author(next.author());
    Change previous = author == null ? null : before.find(author, next.counter() - 1, codec);
    if (previous == null) {
      return null;
    }
    Change change = codec.decodeNext(previous, next.keystroke(), self);
    if (!change.replica().equals(author) || change.counter() != next.counter()) {
      throw new ProtocolException(
          ProtocolException.MALFORMED,
          "what follows change "
              + previous.dot()
              + " came out as "
              + change.dot()
              + "; it is the next one of the same author");
    }
    Chunk chunk = codec.encodeChunk(progress.document(), List.of(change));
    before.note(chunk, change);
    return chunk;
  }
}
