package dev.plait.properties.crdt;

import dev.plait.crdt.MvRegister;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.properties.history.Choice;
import dev.plait.properties.law.Author;
import dev.plait.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

class MvRegisterProperties extends TypeLaws<MvRegister, List<Value>> {
  MvRegisterProperties() {
    super(new MvRegisterSubject());
  }

  private static final class MvRegisterSubject implements TypeUnderTest<MvRegister, List<Value>> {
    @Override
    public MvRegister empty() {
      return new MvRegister();
    }

    @Override
    public MvRegister of(State state) {
      return MvRegister.of((State.OfMvRegister) state);
    }

    @Override
    public @Nullable Operation edit(
        MvRegister register, Choice choice, Author author, @Nullable Rollback rollback) {
      return choice.kindOf(4) == 0
          ? register.clear(rollback)
          : register.set(choice.contentOf(Words.VALUES), author.stamp(), rollback);
    }

    @Override
    public List<Value> visible(MvRegister register) {
      return register.values();
    }

    @Override
    public List<Value> patched(List<Value> before, Patch patch) {
      return ((Patch.OfMvRegister) patch).after();
    }
  }
}
