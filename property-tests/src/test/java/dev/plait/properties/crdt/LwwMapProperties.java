package dev.plait.properties.crdt;

import dev.plait.clock.Stamp;
import dev.plait.crdt.LwwMap;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.properties.history.Choice;
import dev.plait.properties.law.Author;
import dev.plait.properties.law.Made;
import dev.plait.value.Content;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

class LwwMapProperties extends TypeLaws<LwwMap, Map<String, Content>> {
  LwwMapProperties() {
    super(new MapSubject());
  }

  private static final class MapSubject implements TypeUnderTest<LwwMap, Map<String, Content>> {
    @Override
    public LwwMap empty() {
      return new LwwMap();
    }

    @Override
    public LwwMap of(State state) {
      return LwwMap.of((State.OfMap) state);
    }

    @Override
    public @Nullable Operation edit(
        LwwMap map, Choice choice, Author author, @Nullable Rollback rollback) {
      String key = choice.placeIn(Words.KEYS);
      return switch (choice.kindOf(6)) {
        case 0 -> map.clear(key, rollback);
        case 1 -> map.remove(key, author.stamp(), rollback);
        default -> map.put(key, choice.contentOf(Words.CONTENTS), author.stamp(), rollback);
      };
    }

    @Override
    public Map<String, Content> visible(LwwMap map) {
      Map<String, Content> entries = new TreeMap<>();
      map.forEach(entries::put);
      return entries;
    }

    @Override
    public Map<String, Content> patched(Map<String, Content> before, Patch patch) {
      Map<String, Content> after = new TreeMap<>(before);
      for (Patch.KeyChange change : ((Patch.OfMap) patch).keys()) {
        Content content = change.after();
        if (content == null) {
          after.remove(change.key());
        } else {
          after.put(change.key(), content);
        }
      }
      return after;
    }

    /** For each key what its greatest stamp put, unless a clear has seen that write. */
    @Override
    public Map<String, Content> expected(List<Made<Operation>> operations) {
      Map<String, Made<Operation>> winners = new HashMap<>();
      for (Made<Operation> one : operations) {
        if (!(one.operation() instanceof Operation.MapClear)) {
          winners.merge(key(one), one, (a, b) -> stamp(a).compareTo(stamp(b)) > 0 ? a : b);
        }
      }
      Map<String, Content> shown = new TreeMap<>();
      for (Made<Operation> winner : winners.values()) {
        if (winner.operation() instanceof Operation.MapPut put
            && operations.stream().noneMatch(other -> hides(other, winner))) {
          shown.put(put.key(), put.content());
        }
      }
      return shown;
    }

    private static boolean hides(Made<Operation> later, Made<Operation> winner) {
      return later.operation() instanceof Operation.MapClear clear
          && clear.key().equals(key(winner))
          && later.hasSeen(winner);
    }

    private static String key(Made<Operation> write) {
      return write.operation() instanceof Operation.MapPut put
          ? put.key()
          : ((Operation.MapRemove) write.operation()).key();
    }

    private static Stamp stamp(Made<Operation> write) {
      return write.operation() instanceof Operation.MapPut put
          ? put.stamp()
          : ((Operation.MapRemove) write.operation()).stamp();
    }
  }
}
