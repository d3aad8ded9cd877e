package dev.plait.properties.crdt;

import dev.plait.crdt.AddWinsSet;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.properties.history.Choice;
import dev.plait.properties.law.Author;
import dev.plait.value.Value;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

class AddWinsSetProperties extends TypeLaws<AddWinsSet, Set<Value>> {
  AddWinsSetProperties() {
    super(new SetSubject());
  }

  private static final class SetSubject implements TypeUnderTest<AddWinsSet, Set<Value>> {
    @Override
    public AddWinsSet empty() {
      return new AddWinsSet();
    }

    @Override
    public AddWinsSet of(State state) {
      return AddWinsSet.of((State.OfSet) state);
    }

    @Override
    public @Nullable Operation edit(
        AddWinsSet set, Choice choice, Author author, @Nullable Rollback rollback) {
      Value value = choice.contentOf(Words.VALUES);
      return switch (choice.kindOf(10)) {
        case 0 -> set.clear(rollback);
        case 1, 2, 3 -> set.remove(value, rollback);
        default -> set.add(value, author.ids(1), rollback);
      };
    }

    @Override
    public Set<Value> visible(AddWinsSet set) {
      return new TreeSet<>(set.values());
    }

    @Override
    public Set<Value> patched(Set<Value> before, Patch patch) {
      Patch.OfSet change = (Patch.OfSet) patch;
      Set<Value> after = new TreeSet<>(before);
      change.removed().forEach(after::remove);
      after.addAll(change.added());
      return after;
    }
  }
}
