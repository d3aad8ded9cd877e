/**
 * Races between threads that share the parts of a replica that take no lock.
 *
 * <p>Use this package when a race needs what the replica shows to nobody else, {@link
 * dev.plait.stress} when it does not.
 */
@NullMarked
package dev.plait.replica;

import org.jspecify.annotations.NullMarked;
