/**
 * What containers hold: immutable values and the markers of child containers.
 *
 * <p>Use {@link dev.plait.value.Value} for data, {@link dev.plait.value.Child} for a container that
 * hangs under a map key or a list element, {@link dev.plait.value.Content} where either may stand,
 * and {@link dev.plait.value.Unicode} to order and measure strings as every replica does.
 */
@NullMarked
package dev.plait.value;

import org.jspecify.annotations.NullMarked;
