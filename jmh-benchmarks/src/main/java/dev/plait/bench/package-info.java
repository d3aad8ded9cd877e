/**
 * What Plait costs, measured with JMH through its public API. {@link dev.plait.bench.Benchmarks}
 * runs them and says how.
 *
 * <ul>
 *   <li>Merging: {@link dev.plait.bench.Merge} for each type by size and way, {@link
 *       dev.plait.bench.OldFork} and {@link dev.plait.bench.ForkMerge} for forks of growing age,
 *       {@link dev.plait.bench.OneSpot} and {@link dev.plait.bench.DeepChains} for what an opponent
 *       would send.
 *   <li>Editing: {@link dev.plait.bench.LocalOperation} and {@link
 *       dev.plait.bench.LocalTransaction} for each type, {@link dev.plait.bench.Keystroke} for what
 *       a keystroke allocates, {@link dev.plait.bench.Clock} and {@link
 *       dev.plait.bench.VersionVectors} for what they are built on.
 *   <li>Text: {@link dev.plait.bench.TraceReplay} beside a gap buffer, {@link
 *       dev.plait.bench.RandomEdit} and {@link dev.plait.bench.Typing} by the size and shape of a
 *       text, {@link dev.plait.bench.LargeText} for a document of ten million units.
 *   <li>Bytes: {@link dev.plait.bench.ChunkCoding} and {@link dev.plait.bench.SnapshotCoding}.
 *   <li>Stores beside their engines: {@link dev.plait.bench.StoreCommit}, {@link
 *       dev.plait.bench.StoreCommitters}, {@link dev.plait.bench.StoreRead}, {@link
 *       dev.plait.bench.StoreOpen} and {@link dev.plait.bench.StoreCompaction}.
 * </ul>
 *
 * <p>Each checks what it made before or after it is measured, and fails if that is wrong.
 */
@NullMarked
package dev.plait.bench;

import org.jspecify.annotations.NullMarked;
