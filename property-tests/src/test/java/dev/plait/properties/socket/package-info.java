/**
 * A transport over plain sockets, as the guide shows it.
 *
 * <p>Use {@link dev.plait.properties.socket.SocketTransport} when you write a transport of your own
 * and want to see a whole one; use {@code transport-grpc} when you need one that is ready.
 */
@NullMarked
package dev.plait.properties.socket;

import org.jspecify.annotations.NullMarked;
