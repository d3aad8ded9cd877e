/**
 * The plain engine of texts and lists: slow, and meant to be obviously right.
 *
 * <p>Use {@link dev.plait.properties.oracle.PlainText} or {@link
 * dev.plait.properties.oracle.PlainList} to know what {@link dev.plait.crdt.Text} or {@link
 * dev.plait.crdt.List} has to say after any operation or join; use {@link
 * dev.plait.properties.oracle.PlainSequence} when only the order of elements matters.
 */
@NullMarked
package dev.plait.properties.oracle;

import org.jspecify.annotations.NullMarked;
