package dev.plait.properties.crdt;

import dev.plait.crdt.Counter;
import dev.plait.crdt.EditException;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.State;
import dev.plait.properties.history.Choice;
import dev.plait.properties.law.Author;
import java.util.List;
import org.jspecify.annotations.Nullable;

class CounterProperties extends TypeLaws<Counter, Long> {
  CounterProperties() {
    super(new CounterSubject());
  }

  private static final class CounterSubject implements TypeUnderTest<Counter, Long> {
    private static final List<Long> AMOUNTS =
        List.of(1L, 2L, -1L, 100L, -7L, Long.MAX_VALUE - 1, Long.MIN_VALUE, 1L << 62, -(1L << 62));

    @Override
    public Counter empty() {
      return new Counter();
    }

    @Override
    public Counter of(State state) {
      return Counter.of((State.OfCounter) state);
    }

    @Override
    public @Nullable Operation edit(
        Counter counter, Choice choice, Author author, @Nullable Rollback rollback) {
      if (choice.kindOf(6) == 0) {
        return counter.reset(rollback);
      }
      try {
        return counter.add(choice.contentOf(AMOUNTS), author.stamp(), rollback);
      } catch (EditException refused) {
        if (!refused.code().equals(EditException.COUNTER_OVERFLOW)) {
          throw refused;
        }
        return null;
      }
    }

    @Override
    public Long visible(Counter counter) {
      return counter.value();
    }

    @Override
    public Long patched(Long before, Patch patch) {
      return ((Patch.OfCounter) patch).after();
    }
  }
}
