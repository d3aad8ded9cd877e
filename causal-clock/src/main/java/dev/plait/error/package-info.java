/**
 * The root of everything that can go wrong in Plait, as types.
 *
 * <p>Use {@link dev.plait.error.PlaitException} when any failure of the library is to be caught in
 * one place, or when a module adds a failure of its own; use a subclass's type when the caller can
 * do something about that failure, and {@link dev.plait.error.PlaitException#code()} when a log, a
 * test or another process has to recognise it.
 */
@NullMarked
package dev.plait.error;

import org.jspecify.annotations.NullMarked;
