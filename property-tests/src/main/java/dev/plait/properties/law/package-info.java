/**
 * The laws that make replicas of a data type converge, to be run on a type of one's own.
 *
 * <p>Use {@link dev.plait.properties.law.CrdtLaws} when you have written a replicated data type, on
 * Plait's or on none: say in a {@link dev.plait.properties.law.Subject} how it is handled, and let
 * jqwik run the laws. Use {@link dev.plait.properties.law.Run} when you add a law that only your
 * type has.
 */
@NullMarked
package dev.plait.properties.law;

import org.jspecify.annotations.NullMarked;
