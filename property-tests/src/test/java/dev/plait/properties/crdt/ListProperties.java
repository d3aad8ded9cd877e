package dev.plait.properties.crdt;

import dev.plait.crdt.ListDelta;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.properties.history.Choice;
import dev.plait.properties.law.Author;
import dev.plait.value.Content;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

class ListProperties extends TypeLaws<dev.plait.crdt.List, List<Content>> {
  ListProperties() {
    super(new ListSubject());
  }

  private static final class ListSubject
      implements TypeUnderTest<dev.plait.crdt.List, List<Content>> {
    @Override
    public dev.plait.crdt.List empty() {
      return new dev.plait.crdt.List();
    }

    @Override
    public dev.plait.crdt.List of(State state) {
      return dev.plait.crdt.List.of((State.OfList) state);
    }

    @Override
    public @Nullable Operation edit(
        dev.plait.crdt.List list, Choice choice, Author author, @Nullable Rollback rollback) {
      int index = choice.placeUpTo(list.size());
      int length = Math.min(list.size() - index, 1 + choice.size() % 3);
      int to = list.size() == 0 ? 0 : choice.size() % list.size();
      int kind = length > 0 ? choice.kindOf(6) : 5;
      if ((kind == 2 || kind == 3) && index == to) {
        return null;
      }
      return switch (kind) {
        case 0 -> list.delete(index, length, rollback);
        case 1 -> list.set(index, choice.contentOf(Words.VALUES), author.stamp(), rollback);
        case 2, 3 -> list.move(index, to, author.ids(1), author.stamp(), rollback);
        default -> insert(list, index, items(choice), author, rollback);
      };
    }

    private static Operation insert(
        dev.plait.crdt.List list,
        int index,
        List<Content> items,
        Author author,
        @Nullable Rollback rollback) {
      return list.insert(index, items, author.ids(items.size()), rollback);
    }

    private static List<Content> items(Choice choice) {
      List<Content> items = new ArrayList<>();
      for (int i = 0; i <= choice.size() % 3; i++) {
        items.add(Words.CONTENTS.get((choice.content() + i) % Words.CONTENTS.size()));
      }
      return items;
    }

    @Override
    public List<Content> visible(dev.plait.crdt.List list) {
      return list.items();
    }

    @Override
    public List<Content> patched(List<Content> before, Patch patch) {
      return ((ListDelta) patch).applyTo(before);
    }

    @Override
    public boolean mayReplaceByAlike() {
      return true;
    }
  }
}
