/**
 * The laws of every replicated data type of Plait's, checked in random histories.
 *
 * <p>Use {@link dev.plait.properties.crdt.TypeLaws} with a {@link
 * dev.plait.properties.crdt.TypeUnderTest} of your type when they are to hold for one more type of
 * Plait's; use {@link dev.plait.properties.law.CrdtLaws} for one that is not; use a unit test
 * beside the type when one small example says what is promised.
 */
@NullMarked
package dev.plait.properties.crdt;

import org.jspecify.annotations.NullMarked;
