package dev.plait.properties.crdt;

import dev.plait.crdt.LwwMap;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.properties.history.Choice;
import dev.plait.properties.law.Author;
import dev.plait.value.Content;
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
  }
}
