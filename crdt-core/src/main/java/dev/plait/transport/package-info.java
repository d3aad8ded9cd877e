/**
 * The port to the network: how frames get from one end of a sync session to the other.
 *
 * <p>Use {@link dev.plait.transport.InMemoryNetwork} in tests, demos and simulations, with as much
 * trouble on the line as you like; use {@code transport-grpc} between machines; implement {@link
 * dev.plait.transport.Transport} to plug in your own. A transport moves frames and knows nothing of
 * what they say.
 */
@NullMarked
package dev.plait.transport;

import org.jspecify.annotations.NullMarked;
