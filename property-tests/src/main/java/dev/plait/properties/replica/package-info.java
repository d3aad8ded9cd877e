/**
 * A replica among many threads, as tests.
 *
 * <p>Use {@link dev.plait.properties.replica.ReplicaThreadsContract} when you write a {@link
 * dev.plait.store.ChangeStore}: it shows that a replica on your store keeps what it acknowledged
 * when it is closed while everybody is at work. Use {@link
 * dev.plait.properties.store.ChangeStoreContract} first: it says more of a fault in the store
 * itself.
 */
@NullMarked
package dev.plait.properties.replica;

import org.jspecify.annotations.NullMarked;
