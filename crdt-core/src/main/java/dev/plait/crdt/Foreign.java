package dev.plait.crdt;

import dev.plait.value.ContainerType;
import java.util.Comparator;
import java.util.List;

/** What comes from elsewhere and does not fit here. */
final class Foreign {
  static final String WRONG_OPERATION = "WRONG_OPERATION";
  static final String MALFORMED_STATE = "MALFORMED_STATE";

  /** An operation claims to have seen what its maker can't have seen. */
  static final String FORGED_OBSERVATION = "FORGED_OBSERVATION";

  private Foreign() {}

  /** The refusal of an operation that is not one of the given type. */
  static Refusal.Invalid operation(ContainerType wanted) {
    return new Refusal.Invalid(WRONG_OPERATION, "the operation is not one of a " + wanted.label());
  }

  /** The failure for a state that is not one of the given type. */
  static OperationException state(ContainerType wanted) {
    return malformed("the state is not one of a " + wanted.label());
  }

  /** The failure for a state that contradicts itself. */
  static OperationException malformed(String reason) {
    return new OperationException(new Refusal.Invalid(MALFORMED_STATE, reason));
  }

  /**
   * Accepts a list of a state that is in order and without repetition.
   *
   * @throws OperationException MALFORMED_STATE
   */
  static <T> void requireAscending(List<T> list, Comparator<? super T> order, String what) {
    for (int i = 1; i < list.size(); i++) {
      if (order.compare(list.get(i - 1), list.get(i)) >= 0) {
        throw malformed(what + " are out of order or repeated");
      }
    }
  }
}
