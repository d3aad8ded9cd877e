/**
 * Bad days for replicas: whole clusters on one thread, in virtual time, from one seed.
 *
 * <p>Use {@link dev.plait.properties.simulation.ClusterSimulation} to run seeds, to run one again,
 * or to put a store of your own through the same days; use the laws of {@link dev.plait.properties}
 * for a single data type, where a counterexample is much smaller.
 */
@NullMarked
package dev.plait.properties.simulation;

import org.jspecify.annotations.NullMarked;
