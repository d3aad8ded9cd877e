/**
 * The messages two replicas exchange while they sync.
 *
 * <p>Use {@link dev.plait.message.SyncMessage} when you write a codec or look at what a session
 * says; applications never see one.
 */
@NullMarked
package dev.plait.message;

import org.jspecify.annotations.NullMarked;
