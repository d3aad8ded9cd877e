/**
 * The one byte form of state, by which replicas tell whether they agree.
 *
 * <p>Use {@link dev.plait.canonical.CanonicalBytes} when you want the bytes themselves, to compare
 * or to look at, {@link dev.plait.canonical.CanonicalHash} when 64 bits about them are enough, and
 * write to {@link dev.plait.canonical.CanonicalWriter} when your code has state to contribute to
 * either. This form is for comparing, not for shipping: nothing reads it back.
 */
@NullMarked
package dev.plait.canonical;

import org.jspecify.annotations.NullMarked;
