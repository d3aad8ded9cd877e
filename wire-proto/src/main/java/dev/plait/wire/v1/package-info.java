/**
 * The classes that the protobuf compiler makes of the schema of Plait.
 *
 * <p>Use {@link dev.plait.wire.WireCodec} when you encode or decode; use nothing of this package,
 * its classes come and go with the schema.
 */
@NullMarked
package dev.plait.wire.v1;

import org.jspecify.annotations.NullMarked;
