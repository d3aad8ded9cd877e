/**
 * When things run, handed in like everything else the core does not decide itself.
 *
 * <p>Use {@link dev.plait.schedule.Scheduler} where something has to happen later or apart from the
 * call that asks for it; use {@link dev.plait.schedule.VirtualTime} in tests and simulations, where
 * hours should pass in milliseconds and every run should be the same.
 */
@NullMarked
package dev.plait.schedule;

import org.jspecify.annotations.NullMarked;
