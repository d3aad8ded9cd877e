/**
 * The wire format of Plait: changes, snapshots and session messages as protobuf.
 *
 * <p>Use {@link dev.plait.wire.WireCodec} when a document, store or session asks for a {@link
 * dev.plait.codec.Codec}; use the {@code .proto} files in this module when you read the bytes from
 * another language.
 */
@NullMarked
package dev.plait.wire;

import org.jspecify.annotations.NullMarked;
