package dev.plait.crdt;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Unicode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys to values or child containers; for each key the write with the greatest stamp wins.
 *
 * <p><b>What converges:</b> for each key ever written, the greatest stamp and what it wrote. <b>Who
 * wins:</b> per key the greater {@link Stamp}, whether it put or removed; a write made after seeing
 * another always beats it. A {@linkplain #clear clear} hides the write it saw and all that write
 * had beaten; every greater write shows. What is inside a child container is no concern of this
 * type.
 *
 * <p><b>Cost:</b> one hash lookup for each write and read; listing the keys sorts them. Removed
 * keys stay as tombstones of one stamp each. <b>Source:</b> a map of the LWW-registers of Shapiro,
 * Preguiça, Baquero and Zawirski, "A comprehensive study of Convergent and Commutative Replicated
 * Data Types" (2011), without their add-wins key set: here a concurrent put and remove of one key
 * are settled by stamp like two puts. An operation is a state of one key, so applying is joining.
 *
 * <p>Not thread-safe: one writer at a time, and no reader beside it.
 */
public final class LwwMap implements Crdt {
  /** How many UTF-8 bytes a key may take: 64 KiB. */
  public static final int MAX_KEY_BYTES = 1 << 16;

  private final MapEntries entries = new MapEntries();

  /** A map without keys. */
  public LwwMap() {}

  /**
   * A map in the given state.
   *
   * @throws OperationException MALFORMED_STATE if keys are out of order, repeated or not allowed,
   *     or cleared content is still there
   */
  public static LwwMap of(State.OfMap state) {
    LwwMap map = new LwwMap();
    map.join(state);
    return map;
  }

  /** What is under {@code key}; null if nothing is. */
  public @Nullable Content get(String key) {
    int row = entries.find(key);
    return row == MapEntries.NONE ? null : entries.content(row);
  }

  /** The greatest stamp written to {@code key}, removed or not; null if never written. */
  public @Nullable Stamp stamp(String key) {
    int row = entries.find(key);
    return row == MapEntries.NONE ? null : entries.stamp(row);
  }

  /** How many keys have something under them. */
  public int size() {
    return entries.shown();
  }

  /** The keys that have something under them, in code point order. */
  public List<String> keys() {
    ArrayList<String> keys = new ArrayList<>(size());
    forEach((key, content) -> keys.add(key));
    keys.sort(Unicode.CODE_POINT_ORDER);
    return keys;
  }

  /** Visits every key that has something under it, in no order to rely on. */
  public void forEach(BiConsumer<? super String, ? super Content> visitor) {
    for (int row = 0; row < entries.size(); row++) {
      Content content = entries.content(row);
      if (content != null) {
        visitor.accept(entries.key(row), content);
      }
    }
  }

  /** Visits every key that has a child container under it, in no order to rely on. */
  public void forEachChild(BiConsumer<? super String, ? super Child> visitor) {
    forEach(
        (key, content) -> {
          if (content instanceof Child child) {
            visitor.accept(key, child);
          }
        });
  }

  /** {@link #put(String, Content, Stamp, Rollback)} for good. */
  public Operation.MapPut put(String key, Content content, Stamp stamp) {
    return put(key, content, stamp, null);
  }

  /**
   * Puts a value or the marker of a child container under a key.
   *
   * @param key well-formed, at most {@link #MAX_KEY_BYTES}
   * @param stamp above all stamps seen for this key
   * @param rollback takes the way back, or null if nobody will go it
   * @throws EditException VALUE_TOO_LARGE or LONE_SURROGATE for the key, STAMP_NOT_NEWER
   */
  public Operation.MapPut put(
      String key, Content content, Stamp stamp, @Nullable Rollback rollback) {
    int row = entries.find(key);
    if (row == MapEntries.NONE) {
      MapKeys.require(key);
      entries.add(
          key, stamp.time().bits(), stamp.replica(), stamp.ordinal(), false, content, rollback);
      return new Operation.MapPut(stamp, key, content);
    }
    requireNewer(stamp, row);
    replace(row, stamp, false, content, rollback);
    // The history then holds the key that is here, and not an equal one for each time.
    return new Operation.MapPut(stamp, entries.key(row), content);
  }

  private void replace(
      int row,
      Stamp stamp,
      boolean cleared,
      @Nullable Content content,
      @Nullable Rollback rollback) {
    entries.replace(
        row, stamp.time().bits(), stamp.replica(), stamp.ordinal(), cleared, content, rollback);
  }

  private void requireNewer(Stamp stamp, int row) {
    if (entries.compare(stamp, row) <= 0) {
      Precedence.requireNewer(stamp, entries.stamp(row));
    }
  }

  /** {@link #remove(String, Stamp, Rollback)} for good. */
  public Operation.@Nullable MapRemove remove(String key, Stamp stamp) {
    return remove(key, stamp, null);
  }

  /**
   * Takes away what is under a key; concurrent writes with greater stamps survive.
   *
   * @param stamp above all stamps seen for this key
   * @param rollback takes the way back, or null if nobody will go it
   * @return null if nothing is there
   * @throws EditException STAMP_NOT_NEWER
   */
  public Operation.@Nullable MapRemove remove(
      String key, Stamp stamp, @Nullable Rollback rollback) {
    int row = entries.find(key);
    if (row == MapEntries.NONE || entries.content(row) == null) {
      return null;
    }
    requireNewer(stamp, row);
    replace(row, stamp, false, null, rollback);
    return new Operation.MapRemove(stamp, key);
  }

  /** {@link #clear(String, Rollback)} for good. */
  public Operation.@Nullable MapClear clear(String key) {
    return clear(key, null);
  }

  /**
   * Hides what is under a key without a stamp of its own: every write that was not seen here and
   * beats the one shown survives.
   *
   * @param rollback takes the way back, or null if nobody will go it
   * @return null if nothing is there
   */
  public Operation.@Nullable MapClear clear(String key, @Nullable Rollback rollback) {
    int row = entries.find(key);
    if (row == MapEntries.NONE || entries.content(row) == null) {
      return null;
    }
    Stamp observed = entries.stamp(row);
    replace(row, observed, true, null, rollback);
    return new Operation.MapClear(key, observed);
  }

  @Override
  public ContainerType type() {
    return ContainerType.MAP;
  }

  @Override
  public boolean hasContent() {
    return size() > 0;
  }

  /** Refuses keys that are not allowed with VALUE_TOO_LARGE or LONE_SURROGATE. */
  @Override
  public @Nullable Refusal check(Operation operation) {
    String key = keyOf(operation);
    if (key == null) {
      return Foreign.operation(type());
    }
    return entries.find(key) == MapEntries.NONE ? MapKeys.problemOf(key) : null;
  }

  private static @Nullable String keyOf(Operation operation) {
    if (operation instanceof Operation.MapPut put) {
      return put.key();
    }
    if (operation instanceof Operation.MapRemove remove) {
      return remove.key();
    }
    return operation instanceof Operation.MapClear clear ? clear.key() : null;
  }

  /** {@link #apply(Operation, Rollback)} for good. */
  public Patch.OfMap apply(Operation operation) {
    return apply(operation, null);
  }

  @Override
  public Patch.OfMap apply(Operation operation, @Nullable Rollback rollback) {
    Refusal refusal = check(operation);
    if (refusal != null) {
      throw new OperationException(refusal);
    }
    return applyChecked(operation, rollback);
  }

  @Override
  public Patch.OfMap applyChecked(Operation operation, @Nullable Rollback rollback) {
    String key = keyOf(operation);
    Content before = key == null ? null : get(key);
    applyUntold(operation, rollback);
    Patch.KeyChange change = key == null ? null : changed(key, before);
    return new Patch.OfMap(change == null ? List.of() : List.of(change));
  }

  /** An operation is an entry of a map that has seen nothing else. */
  @Override
  public void applyUntold(Operation operation, @Nullable Rollback rollback) {
    if (operation instanceof Operation.MapPut put) {
      merge(put.key(), put.stamp(), false, put.content(), rollback);
    } else if (operation instanceof Operation.MapRemove remove) {
      merge(remove.key(), remove.stamp(), false, null, rollback);
    } else if (operation instanceof Operation.MapClear clear) {
      merge(clear.key(), clear.observed(), true, null, rollback);
    } else {
      throw new OperationException(Foreign.operation(type()));
    }
  }

  /** Whether a string may be a key: well-formed, at most {@link #MAX_KEY_BYTES}. */
  public static boolean isKey(String key) {
    return MapKeys.problemOf(key) == null;
  }

  /**
   * Does what {@link #applyUntold} does with a put or, without content, a remove.
   *
   * @param key one that {@link #isKey may be}
   * @param time when it was written, as bits of a {@link HybridTimestamp}
   * @param ordinal how many operations of the same change come before it
   * @param rollback takes the way back, or null if nobody will go it
   */
  public void applyWrite(
      String key,
      @Nullable Content content,
      ReplicaId replica,
      long time,
      int ordinal,
      @Nullable Rollback rollback) {
    merge(key, time, replica, ordinal, false, content, rollback);
  }

  /** {@link #join(State, Rollback)} for good. */
  public Patch.OfMap join(State state) {
    return join(state, null);
  }

  /**
   * @throws OperationException MALFORMED_STATE if the state is not one of a map, keys are out of
   *     order, repeated or not allowed, or cleared content is still there
   */
  @Override
  public Patch.OfMap join(State state, @Nullable Rollback rollback) {
    ArrayList<Patch.KeyChange> changes = new ArrayList<>();
    for (State.MapEntry entry : valid(state).entries()) {
      Content before = get(entry.key());
      merge(entry, rollback);
      Patch.KeyChange change = changed(entry.key(), before);
      if (change != null) {
        changes.add(change);
      }
    }
    return new Patch.OfMap(changes);
  }

  @Override
  public void joinUntold(State state, @Nullable Rollback rollback) {
    List<State.MapEntry> theirs = valid(state).entries();
    if (entries.size() == 0) {
      entries.reserve(theirs.size());
    }
    for (int i = 0; i < theirs.size(); i++) {
      merge(theirs.get(i), rollback);
    }
  }

  private State.OfMap valid(State state) {
    if (!(state instanceof State.OfMap next)) {
      throw Foreign.state(type());
    }
    MapKeys.requireValid(next);
    return next;
  }

  @Override
  public State.OfMap state() {
    return new State.OfMap(entries.ordered());
  }

  @Override
  public void writeCanonical(CanonicalWriter out) {
    List<State.MapEntry> ordered = entries.ordered();
    out.varint(ordered.size());
    for (State.MapEntry entry : ordered) {
      out.text(entry.key());
      out.stamp(entry.stamp());
      out.u8(entry.cleared() ? 1 : 0);
      out.nullableContent(entry.content());
    }
  }

  void checkInvariants() {
    entries.checkInvariants();
  }

  private void merge(State.MapEntry next, @Nullable Rollback rollback) {
    merge(next.key(), next.stamp(), next.cleared(), next.content(), rollback);
  }

  private void merge(
      String key,
      Stamp stamp,
      boolean cleared,
      @Nullable Content content,
      @Nullable Rollback rollback) {
    merge(key, stamp.time().bits(), stamp.replica(), stamp.ordinal(), cleared, content, rollback);
  }

  private void merge(
      String key,
      long time,
      ReplicaId replica,
      int ordinal,
      boolean cleared,
      @Nullable Content content,
      @Nullable Rollback rollback) {
    int row = entries.find(key);
    if (row == MapEntries.NONE) {
      entries.add(key, time, replica, ordinal, cleared, content, rollback);
    } else if (beats(entries.compare(time, replica, ordinal, row), cleared, content, row)) {
      entries.replace(row, time, replica, ordinal, cleared, content, rollback);
    }
  }

  private boolean beats(int order, boolean cleared, @Nullable Content content, int row) {
    if (order != 0) {
      return order > 0;
    }
    int contents = Precedence.compare(content, entries.content(row));
    return contents > 0 || (contents == 0 && cleared && !entries.isCleared(row));
  }

  /** What the key shows now, if that is not what it showed before. */
  private Patch.@Nullable KeyChange changed(String key, @Nullable Content before) {
    Content now = get(key);
    return Objects.equals(before, now) ? null : new Patch.KeyChange(key, before, now);
  }
}
