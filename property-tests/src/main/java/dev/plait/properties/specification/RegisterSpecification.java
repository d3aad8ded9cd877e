package dev.plait.properties.specification;

import dev.plait.crdt.Operation;
import dev.plait.value.Value;
import java.util.List;
import java.util.Optional;

/** What a {@link dev.plait.crdt.LwwRegister} must show. */
final class RegisterSpecification {
  private RegisterSpecification() {}

  /**
   * The value of the last write. Nothing, if somebody has cleared the register who had seen that
   * write: a clear also hides all that the write had beaten, seen or not.
   */
  static Optional<Value> value(List<Event> events) {
    Event last =
        LastWriter.of(
            events.stream()
                .filter(one -> one.operation() instanceof Operation.RegisterWrite)
                .toList());
    return last != null
            && last.operation() instanceof Operation.RegisterWrite write
            && events.stream().noneMatch(one -> isClear(one) && one.hasSeen(last))
        ? Optional.of(write.value())
        : Optional.empty();
  }

  private static boolean isClear(Event event) {
    return event.takesAllAway() || event.operation() instanceof Operation.RegisterClear;
  }
}
