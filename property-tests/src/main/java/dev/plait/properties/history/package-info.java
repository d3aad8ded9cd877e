/**
 * The numbers that histories are made of.
 *
 * <p>Use {@link dev.plait.properties.history.Choice} for an edit that is generated before it is
 * known what it will meet; interpret its numbers modulo what is there.
 */
@NullMarked
package dev.plait.properties.history;

import org.jspecify.annotations.NullMarked;
