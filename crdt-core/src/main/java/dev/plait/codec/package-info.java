/**
 * The port to bytes: how changes, snapshots and messages are encoded.
 *
 * <p>Use {@link dev.plait.codec.Codec} when you plug in a format of your own; use the one in {@code
 * wire-proto} otherwise. Use {@link dev.plait.codec.Limits} to bound what strangers may send.
 */
@NullMarked
package dev.plait.codec;

import org.jspecify.annotations.NullMarked;
