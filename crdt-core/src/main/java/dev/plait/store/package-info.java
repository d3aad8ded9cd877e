/**
 * The port to storage: what a durable store must do for a replica.
 *
 * <p>Use {@link dev.plait.store.InMemoryStore} in tests and for replicas that need not survive; use
 * {@code storage-sqlite} when data must last; implement {@link dev.plait.store.ChangeStore} to plug
 * in your own, and use {@link dev.plait.store.Damages} when its check lists what it finds.
 */
@NullMarked
package dev.plait.store;

import org.jspecify.annotations.NullMarked;
