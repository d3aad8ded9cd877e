/**
 * The whole replica: documents that load themselves from a store, commit to it, and sync.
 *
 * <p>Use {@link dev.plait.replica.Replica} when you want storage and sync done for you, {@link
 * dev.plait.replica.Connection} when you want to see or steer how it syncs with one peer, {@link
 * dev.plait.replica.Presence} when people should see each other's cursors, {@link
 * dev.plait.replica.ReplicaEvent} when you want to hear of what is not as it should be; use {@code
 * dev.plait.document} when you own storage and sync. This is the only package that knows threads
 * and locks.
 */
@NullMarked
package dev.plait.replica;

import org.jspecify.annotations.NullMarked;
