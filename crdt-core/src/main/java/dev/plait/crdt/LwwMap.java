package dev.plait.crdt;

import dev.plait.canonical.CanonicalWriter;
import dev.plait.clock.Stamp;
import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Unicode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private final HashMap<String, Cell> cells = new HashMap<>();
  private int shown;

  /** Holds the current entry of a key, so that an overwrite finds and replaces it in one lookup. */
  private static final class Cell {
    State.MapEntry entry;

    Cell(State.MapEntry entry) {
      this.entry = entry;
    }
  }

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
    Cell cell = cells.get(key);
    return cell == null ? null : cell.entry.content();
  }

  /** The greatest stamp written to {@code key}, removed or not; null if never written. */
  public @Nullable Stamp stamp(String key) {
    Cell cell = cells.get(key);
    return cell == null ? null : cell.entry.stamp();
  }

  /** How many keys have something under them. */
  public int size() {
    return shown;
  }

  /** The keys that have something under them, in code point order. */
  public List<String> keys() {
    ArrayList<String> keys = new ArrayList<>(shown);
    forEach((key, content) -> keys.add(key));
    keys.sort(Unicode.CODE_POINT_ORDER);
    return keys;
  }

  /** Visits every key that has something under it, in no order to rely on. */
  public void forEach(BiConsumer<? super String, ? super Content> visitor) {
    for (Cell cell : cells.values()) {
      Content content = cell.entry.content();
      if (content != null) {
        visitor.accept(cell.entry.key(), content);
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
    Cell cell = cells.get(key);
    if (cell == null) {
      MapKeys.require(key);
    } else {
      Precedence.requireNewer(stamp, cell.entry.stamp());
    }
    replace(cell, new State.MapEntry(key, stamp, false, content), rollback);
    return new Operation.MapPut(stamp, key, content);
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
    Cell cell = cells.get(key);
    if (cell == null || cell.entry.content() == null) {
      return null;
    }
    Precedence.requireNewer(stamp, cell.entry.stamp());
    replace(cell, new State.MapEntry(key, stamp, false, null), rollback);
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
    Cell cell = cells.get(key);
    if (cell == null || cell.entry.content() == null) {
      return null;
    }
    Stamp observed = cell.entry.stamp();
    replace(cell, new State.MapEntry(key, observed, true, null), rollback);
    return new Operation.MapClear(key, observed);
  }

  @Override
  public ContainerType type() {
    return ContainerType.MAP;
  }

  @Override
  public boolean hasContent() {
    return shown > 0;
  }

  /** Refuses keys that are not allowed with VALUE_TOO_LARGE or LONE_SURROGATE. */
  @Override
  public @Nullable Refusal check(Operation operation) {
    State.MapEntry next = entryAfter(operation);
    return next == null ? Foreign.operation(type()) : check(next, cells.get(next.key()));
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
    State.MapEntry next = entryAfter(operation);
    if (next == null) {
      throw new OperationException(Foreign.operation(type()));
    }
    Patch.KeyChange change = merge(cells.get(next.key()), next, rollback);
    return new Patch.OfMap(change == null ? List.of() : List.of(change));
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
    if (!(state instanceof State.OfMap next)) {
      throw Foreign.state(type());
    }
    MapKeys.requireValid(next);
    ArrayList<Patch.KeyChange> changes = new ArrayList<>();
    for (State.MapEntry entry : next.entries()) {
      Patch.KeyChange change = merge(cells.get(entry.key()), entry, rollback);
      if (change != null) {
        changes.add(change);
      }
    }
    return new Patch.OfMap(changes);
  }

  @Override
  public State.OfMap state() {
    return new State.OfMap(ordered());
  }

  @Override
  public void writeCanonical(CanonicalWriter out) {
    List<State.MapEntry> entries = ordered();
    out.varint(entries.size());
    for (State.MapEntry entry : entries) {
      out.text(entry.key());
      out.stamp(entry.stamp());
      out.u8(entry.cleared() ? 1 : 0);
      out.nullableContent(entry.content());
    }
  }

  void checkInvariants() {
    int found = 0;
    for (Map.Entry<String, Cell> slot : cells.entrySet()) {
      State.MapEntry entry = slot.getValue().entry;
      if (!slot.getKey().equals(entry.key()) || (entry.cleared() && entry.content() != null)) {
        throw new IllegalStateException("wrong entry under " + slot.getKey() + ": " + entry);
      }
      found += entry.content() == null ? 0 : 1;
    }
    if (found != shown) {
      throw new IllegalStateException(found + " keys are shown, not " + shown);
    }
  }

  private List<State.MapEntry> ordered() {
    ArrayList<State.MapEntry> entries = new ArrayList<>(cells.size());
    for (Cell cell : cells.values()) {
      entries.add(cell.entry);
    }
    entries.sort(MapKeys.ORDER);
    return entries;
  }

  /** The one entry of a map that has seen this operation alone; null for another type's. */
  private static State.@Nullable MapEntry entryAfter(Operation operation) {
    if (operation instanceof Operation.MapPut put) {
      return new State.MapEntry(put.key(), put.stamp(), false, put.content());
    }
    if (operation instanceof Operation.MapRemove remove) {
      return new State.MapEntry(remove.key(), remove.stamp(), false, null);
    }
    if (operation instanceof Operation.MapClear clear) {
      return new State.MapEntry(clear.key(), clear.observed(), true, null);
    }
    return null;
  }

  private static @Nullable Refusal check(State.MapEntry next, @Nullable Cell cell) {
    return cell == null ? MapKeys.problemOf(next.key()) : null;
  }

  private Patch.@Nullable KeyChange merge(
      @Nullable Cell cell, State.MapEntry next, @Nullable Rollback rollback) {
    if (cell != null && !beats(next, cell.entry)) {
      return null;
    }
    Content before = cell == null ? null : cell.entry.content();
    replace(cell, next, rollback);
    return Objects.equals(before, next.content())
        ? null
        : new Patch.KeyChange(next.key(), before, next.content());
  }

  private static boolean beats(State.MapEntry next, State.MapEntry mine) {
    int order = Precedence.compare(next.stamp(), next.content(), mine.stamp(), mine.content());
    return order > 0 || (order == 0 && next.cleared() && !mine.cleared());
  }

  private void replace(@Nullable Cell cell, State.MapEntry next, @Nullable Rollback rollback) {
    if (cell == null) {
      cells.put(next.key(), new Cell(next));
      show(null, next.content());
      if (rollback != null) {
        rollback.add(() -> forget(next));
      }
    } else {
      State.MapEntry before = cell.entry;
      overwrite(cell, next);
      if (rollback != null) {
        rollback.add(() -> overwrite(cell, before));
      }
    }
  }

  private void overwrite(Cell cell, State.MapEntry next) {
    show(cell.entry.content(), next.content());
    cell.entry = next;
  }

  private void forget(State.MapEntry entry) {
    cells.remove(entry.key());
    show(entry.content(), null);
  }

  private void show(@Nullable Content before, @Nullable Content after) {
    shown += (after == null ? 0 : 1) - (before == null ? 0 : 1);
  }
}
