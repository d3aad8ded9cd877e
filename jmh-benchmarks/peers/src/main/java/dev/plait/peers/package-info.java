/**
 * Plait and other CRDT libraries doing the same work, side by side in one run.
 *
 * <p>{@link dev.plait.peers.Comparison} writes the work as {@linkplain dev.plait.peers.work.Script
 * scripts}, has each {@linkplain dev.plait.peers.run.Participant participant} do each {@linkplain
 * dev.plait.peers.task.Task task} with them in a process of its own, and makes a page of what was
 * measured. What the others do on Node is in the folder {@code node}, task for task the same.
 */
@NullMarked
package dev.plait.peers;

import org.jspecify.annotations.NullMarked;
