package dev.plait.crdt;

import dev.plait.clock.Stamp;

/**
 * What one replica has added to a {@link Counter} up to and including one of its operations.
 *
 * @param last the stamp of the latest operation counted in, which also names the replica
 * @param sum the sum of all amounts of that replica up to there
 */
public record Contribution(Stamp last, long sum) {}
