/**
 * The engine under texts and lists: elements with ids, in the order of FugueMax, in a tree of
 * spans.
 *
 * <p>Use {@link dev.plait.sequence.Sequence} when you build a replicated type whose elements have
 * an order; use {@link dev.plait.crdt.Text} and {@link dev.plait.crdt.List} everywhere else.
 */
@NullMarked
package dev.plait.sequence;

import org.jspecify.annotations.NullMarked;
