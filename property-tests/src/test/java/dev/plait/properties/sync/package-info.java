/**
 * Properties of replicas that sync in the background over a network with trouble.
 *
 * <p>Use {@link dev.plait.properties.sync.Network} when a property is about what replicas agree on
 * in the end; use the tests of replicas and sessions when one course of events says it better.
 */
@NullMarked
package dev.plait.properties.sync;

import org.jspecify.annotations.NullMarked;
