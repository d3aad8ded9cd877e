/**
 * Every small history of every data type, delivered in every order.
 *
 * <p>Use {@link dev.plait.properties.exhaustive.SmallType} to say which edits a type offers, {@link
 * dev.plait.properties.exhaustive.EverySmallHistory} to try all of them in all ways.
 */
@NullMarked
package dev.plait.properties.exhaustive;

import org.jspecify.annotations.NullMarked;
