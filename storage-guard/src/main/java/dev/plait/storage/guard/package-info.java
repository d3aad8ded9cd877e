/**
 * What durable stores guard their files with, whatever engine is below.
 *
 * <p>Use {@link dev.plait.storage.guard.Claim} when only one may have a store open; use {@link
 * dev.plait.storage.guard.RecordSum} and {@link dev.plait.storage.guard.DocumentSeal} when a record
 * must not vanish unnoticed; use {@link dev.plait.storage.guard.HeadFile} when commits, or the
 * files themselves, must not go back in time unnoticed; use {@link
 * dev.plait.storage.guard.GroupCommit} when many commit at once and a sync is dear; use {@link
 * dev.plait.storage.guard.Lifecycle} when a store may be closed while others call it.
 */
@NullMarked
package dev.plait.storage.guard;

import org.jspecify.annotations.NullMarked;
