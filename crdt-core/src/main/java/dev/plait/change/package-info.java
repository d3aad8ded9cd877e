/**
 * What documents exchange: changes, the chunks they travel in, and snapshots.
 *
 * <p>Use {@link dev.plait.change.Change} when you look at what one transaction did, {@link
 * dev.plait.change.Chunk} when you store or ship changes as bytes, {@link
 * dev.plait.change.Snapshot} when you want the state without its history.
 */
@NullMarked
package dev.plait.change;

import org.jspecify.annotations.NullMarked;
