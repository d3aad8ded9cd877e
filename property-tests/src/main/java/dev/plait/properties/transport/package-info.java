/**
 * What every transport must do, as tests.
 *
 * <p>Use {@link dev.plait.properties.transport.TransportContract} when you write a {@link
 * dev.plait.transport.Transport}: extend it in your tests and say, with {@link
 * dev.plait.properties.transport.Ends}, how two of its ends find each other.
 */
@NullMarked
package dev.plait.properties.transport;

import org.jspecify.annotations.NullMarked;
