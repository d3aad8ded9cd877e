/**
 * A durable store in an LMDB directory.
 *
 * <p>Use {@link dev.plait.storage.lmdb.LmdbStore} when a replica must survive power loss and is
 * read far more often than it is written; use {@link dev.plait.storage.lmdb.LmdbOptions} when it
 * may be faster and lose its last commits, or has to keep to a size.
 */
@NullMarked
package dev.plait.storage.lmdb;

import org.jspecify.annotations.NullMarked;
