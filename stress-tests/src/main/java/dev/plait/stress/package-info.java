/**
 * Races between threads that share a clock or a store in memory.
 *
 * <p>Use a race here when two or three calls meet on something that takes no lock; use a test with
 * threads, as {@code ReplicaThreadsContract}, when what meets is longer than that.
 */
@NullMarked
package dev.plait.stress;

import org.jspecify.annotations.NullMarked;
