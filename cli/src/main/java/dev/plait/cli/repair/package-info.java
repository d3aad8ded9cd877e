/**
 * A damaged store made whole with the help of a peer.
 *
 * <p>Use {@link dev.plait.cli.repair.RepairCommand} when {@code plait verify} calls a store damaged
 * or says that acknowledged changes are missing.
 */
@NullMarked
package dev.plait.cli.repair;

import org.jspecify.annotations.NullMarked;
