package dev.plait.crdt;

import dev.plait.clock.ElementId;

/**
 * Why an operation from elsewhere can't be applied now, found by {@code check} before anything is
 * touched.
 */
public sealed interface Refusal {

  /**
   * The operation names an element that is not here. Its maker must have had it, so it may still
   * arrive; until then the operation waits.
   */
  record Missing(ElementId element) implements Refusal {}

  /**
   * The operation breaks a rule that no honest replica breaks. The verdict depends on the operation
   * and the immutable facts about the elements it names, so every replica comes to the same one.
   *
   * @param code a stable code, for instance {@code FORGED_SIBLING}
   * @param reason what was wrong, for people
   */
  record Invalid(String code, String reason) implements Refusal {}
}
