/**
 * How two replicas bring each other up to date, and know when they are.
 *
 * <p>Use {@link dev.plait.sync.SyncSession} when you drive a conversation yourself, frame by frame,
 * over any transport; implement {@link dev.plait.sync.SyncDocuments} to give a session documents of
 * your own; read {@link dev.plait.sync.SyncStatus} and {@link dev.plait.sync.SyncListener} to show
 * people how far it is. A {@code Replica} does all this for you.
 */
@NullMarked
package dev.plait.sync;

import org.jspecify.annotations.NullMarked;
