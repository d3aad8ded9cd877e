/**
 * The replicated data types, each usable on its own inside somebody else's sync system.
 *
 * <p>Use {@link dev.plait.crdt.LwwRegister} when the last write should win, {@link
 * dev.plait.crdt.MvRegister} when people should see and settle concurrent writes, {@link
 * dev.plait.crdt.AddWinsSet} for membership, {@link dev.plait.crdt.Counter} for totals, {@link
 * dev.plait.crdt.LwwMap} for records, {@link dev.plait.crdt.List} for ordered items and {@link
 * dev.plait.crdt.Text} for what people type. Use {@code dev.plait.document} instead when several of
 * them belong together: it names, orders and delivers the operations for you.
 */
@NullMarked
package dev.plait.crdt;

import org.jspecify.annotations.NullMarked;
