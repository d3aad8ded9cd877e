/**
 * Documents: named containers that are edited in transactions and converge by exchanging changes.
 *
 * <p>Use {@link dev.plait.document.Document} when you own storage and transport yourself; use
 * {@code dev.plait.replica} when you want those done for you; use {@code dev.plait.crdt} when you
 * need only a type. Use the {@code …View} interfaces to read, the {@code …Editor} ones inside
 * {@link dev.plait.document.Document#transact}.
 */
@NullMarked
package dev.plait.document;

import org.jspecify.annotations.NullMarked;
