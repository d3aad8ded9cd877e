package dev.plait.properties.crdt;

import dev.plait.clock.Stamp;
import dev.plait.crdt.LwwRegister;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.properties.history.Choice;
import dev.plait.properties.law.Author;
import dev.plait.properties.law.Made;
import dev.plait.value.Value;
import java.util.Comparator;
import java.util.List;
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

    /** The write with the greatest stamp, unless a clear has seen it. */
    @Override
    public Optional<Value> expected(List<Made<Operation>> operations) {
      Optional<Made<Operation>> winner =
          operations.stream()
              .filter(one -> one.operation() instanceof Operation.RegisterWrite)
              .max(Comparator.comparing(one -> stamp(one)));
      return winner
          .filter(
              write ->
                  operations.stream()
                      .noneMatch(
                          one ->
                              one.operation() instanceof Operation.RegisterClear
                                  && one.hasSeen(write)))
          .map(write -> ((Operation.RegisterWrite) write.operation()).value());
    }

    private static Stamp stamp(Made<Operation> write) {
      return ((Operation.RegisterWrite) write.operation()).stamp();
    }
  }
}
