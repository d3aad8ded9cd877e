/**
 * A disk that fails as real ones do, and a store on it, for runs that can be repeated from a seed.
 *
 * <p>Use {@link dev.plait.properties.simulation.disk.SimulatedDisk} to decide when the power fails,
 * a write is torn, a sync fails or no room is left, and {@link
 * dev.plait.properties.simulation.disk.SimulatedStore} to give a replica what is kept on it. Use
 * {@link dev.plait.store.InMemoryDisk} when nothing is to go wrong.
 */
@NullMarked
package dev.plait.properties.simulation.disk;

import org.jspecify.annotations.NullMarked;
