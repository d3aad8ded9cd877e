/**
 * Time and causality: who made what, what came before what, and which of two writes wins.
 *
 * <p>Use {@link dev.plait.clock.Dot} when a change is named, {@link dev.plait.clock.ElementId} when
 * something a change made is named; use {@link dev.plait.clock.VersionVector} when a whole causal
 * past is described, {@link dev.plait.clock.Frontier} when only its newest changes matter, {@link
 * dev.plait.clock.DotSet} when the past may have gaps; use {@link
 * dev.plait.clock.HybridLogicalClock} when stamps are issued, {@link dev.plait.clock.Stamp} when
 * two concurrent writes have to be decided. Causality is read from dots only, never from time.
 */
@NullMarked
package dev.plait.clock;

import org.jspecify.annotations.NullMarked;
