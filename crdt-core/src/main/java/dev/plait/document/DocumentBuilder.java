package dev.plait.document;

import dev.plait.change.Snapshot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.codec.ProtocolException;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Describes a document and makes it. Not thread-safe. */
public final class DocumentBuilder {
  private final String name;
  private final ReplicaId replica;
  private @Nullable HybridLogicalClock clock;
  private @Nullable Codec codec;
  private @Nullable DocumentHost host;
  private @Nullable Consumer<RuntimeException> onListenerFailure;
  private @Nullable Consumer<Equivocation> onEquivocation;
  private Limits limits = Limits.defaults();

  DocumentBuilder(String name, ReplicaId replica) {
    this.name = Objects.requireNonNull(name);
    this.replica = Objects.requireNonNull(replica);
  }

  /** The clock of the replica; required. All documents of a replica share one. */
  public DocumentBuilder clock(HybridLogicalClock theClock) {
    this.clock = theClock;
    return this;
  }

  /** The format of bytes going out and coming in; required. */
  public DocumentBuilder codec(Codec theCodec) {
    this.codec = theCodec;
    return this;
  }

  /** Bounds on edits and on what waits; {@link Limits#defaults} if not set. */
  public DocumentBuilder limits(Limits theLimits) {
    this.limits = theLimits;
    return this;
  }

  /** What keeps the document; without one it lives in memory only. */
  public DocumentBuilder host(DocumentHost theHost) {
    this.host = theHost;
    return this;
  }

  /**
   * Takes what listeners throw; what they were told of is committed all the same. If not set, the
   * call that delivered the event throws.
   */
  public DocumentBuilder onListenerFailure(Consumer<RuntimeException> handler) {
    this.onListenerFailure = handler;
    return this;
  }

  /**
   * Is told, once for each author, that two different changes of one name were seen; outside the
   * lock, where listeners are told of what others have changed. What it throws comes out of the
   * call that delivers.
   */
  public DocumentBuilder onEquivocation(Consumer<Equivocation> handler) {
    this.onEquivocation = handler;
    return this;
  }

  /**
   * A new, empty document, or with a host the one it keeps.
   *
   * @throws DocumentException INVALID_NAME
   */
  public Document build() {
    return build(null);
  }

  /**
   * A document that starts from the state another one had.
   *
   * @throws ProtocolException if the bytes break the format or belong to another document
   * @throws DocumentException INVALID_NAME, INVALID_SNAPSHOT, STAMP_AHEAD
   */
  public Document open(byte[] snapshot) {
    return open(required(codec, "codec").decodeSnapshot(snapshot));
  }

  /** A document that starts from a state, as {@link #open(byte[])}. */
  public Document open(Snapshot snapshot) {
    if (!snapshot.document().equals(name)) {
      throw new ProtocolException(
          ProtocolException.WRONG_DOCUMENT,
          "the snapshot is of document \"" + snapshot.document() + "\", not \"" + name + "\"");
    }
    DocumentState state = new DocumentState(limits);
    SnapshotJoin join = new SnapshotJoin(state, snapshot, required(clock, "clock"), false);
    join.run();
    join.advanceClock();
    return build(state);
  }

  private Document build(@Nullable DocumentState state) {
    Names.check("document", name, limits);
    DocumentState start = host == null && state == null ? new DocumentState(limits) : state;
    return new Document(
        name,
        replica,
        required(clock, "clock"),
        required(codec, "codec"),
        limits,
        host,
        start,
        onListenerFailure,
        onEquivocation);
  }

  private static <T> T required(@Nullable T part, String what) {
    return Objects.requireNonNull(part, () -> "a document needs a " + what);
  }
}
