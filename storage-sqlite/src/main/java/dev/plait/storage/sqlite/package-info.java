/**
 * A durable store in one SQLite file.
 *
 * <p>Use {@link dev.plait.storage.sqlite.SqliteStore} when a replica must survive power loss; use
 * {@link dev.plait.storage.sqlite.SqliteOptions} when it may be faster and lose its last commits,
 * or has to keep to a size.
 */
@NullMarked
package dev.plait.storage.sqlite;

import org.jspecify.annotations.NullMarked;
