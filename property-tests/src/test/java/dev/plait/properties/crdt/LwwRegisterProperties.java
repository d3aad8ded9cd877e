package dev.plait.properties.crdt;

import dev.plait.crdt.LwwRegister;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.properties.history.Choice;
import dev.plait.properties.law.Author;
import dev.plait.value.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

class LwwRegisterProperties extends TypeLaws<LwwRegister, Optional<Value>> {
  LwwRegisterProperties() {
    super(new RegisterSubject());
  }

  private static final class RegisterSubject
      implements TypeUnderTest<LwwRegister, Optional<Value>> {
    @Override
    public LwwRegister empty() {
      return new LwwRegister();
    }

    @Override
    public LwwRegister of(State state) {
      return LwwRegister.of((State.OfRegister) state);
    }

    @Override
    public @Nullable Operation edit(
        LwwRegister register, Choice choice, Author author, @Nullable Rollback rollback) {
      return choice.kindOf(4) == 0
          ? register.clear(rollback)
          : register.set(choice.contentOf(Words.VALUES), author.stamp(), rollback);
    }

    @Override
    public Optional<Value> visible(LwwRegister register) {
      return Optional.ofNullable(register.get());
    }

    @Override
    public Optional<Value> patched(Optional<Value> before, Patch patch) {
      return Optional.ofNullable(((Patch.OfRegister) patch).after());
    }
  }
}
