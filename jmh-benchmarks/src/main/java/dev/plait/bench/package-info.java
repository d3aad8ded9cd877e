/**
 * What Plait costs, measured with JMH through its public API.
 *
 * <p>Use {@link dev.plait.bench.Benchmarks} to run them. Use {@link dev.plait.bench.RandomEdit},
 * {@link dev.plait.bench.Typing}, {@link dev.plait.bench.ForkMerge}, {@link
 * dev.plait.bench.OneSpot} and {@link dev.plait.bench.DeepChains} to see how the cost grows with
 * the shape of a text, {@link dev.plait.bench.Keystroke} when asking what a keystroke allocates,
 * {@link dev.plait.bench.TraceReplay} when it is about the writing of real people, and {@link
 * dev.plait.bench.StoreCommit}, {@link dev.plait.bench.StoreCommitters}, {@link
 * dev.plait.bench.StoreRead} and {@link dev.plait.bench.StoreOpen} for what a store adds to its
 * engine.
 */
@NullMarked
package dev.plait.bench;

import org.jspecify.annotations.NullMarked;
