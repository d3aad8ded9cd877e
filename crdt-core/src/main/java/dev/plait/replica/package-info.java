/**
 * The whole replica: documents that load themselves from a store, commit to it, and sync.
 *
 * <p>Use {@link dev.plait.replica.Replica} when you want storage and sync done for you; use {@code
 * dev.plait.document} when you own both. This is the only package that knows threads and locks.
 */
@NullMarked
package dev.plait.replica;

import org.jspecify.annotations.NullMarked;
