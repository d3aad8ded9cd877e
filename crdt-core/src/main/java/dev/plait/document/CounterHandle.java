package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.crdt.Counter;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A counter as its user holds it. */
final class CounterHandle extends Handle<Counter> implements CounterEditor {
  CounterHandle(Document document, ContainerId id, @Nullable RootEditors editors) {
    super(document, id, Counter.class, editors);
  }

  @Override
  public long value() {
    return read(Counter::value);
  }

  @Override
  public BigInteger exactValue() {
    return read(Counter::exactValue);
  }

  @Override
  public void add(long amount) {
    LocalTransaction transaction = editing();
    Container container = transaction.reach(id);
    transaction.begin(container);
    transaction.record(
        container,
        crdt(container).add(amount, transaction.nextStamp(), transaction.rollback()),
        null);
  }
}
