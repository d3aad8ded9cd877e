/**
 * The laws of every replicated data type, checked in random histories of several replicas.
 *
 * <p>Use {@link dev.plait.properties.crdt.CrdtLaws} with a {@link
 * dev.plait.properties.crdt.Subject} of your type when the laws are to hold for one more type; use
 * a unit test beside the type when one small example says what is promised.
 */
@NullMarked
package dev.plait.properties.crdt;

import org.jspecify.annotations.NullMarked;
