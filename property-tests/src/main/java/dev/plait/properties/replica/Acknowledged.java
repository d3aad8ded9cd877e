package dev.plait.properties.replica;

import dev.plait.clock.Dot;

/**
 * A transaction that has returned.
 *
 * @param document where
 * @param label what it added everywhere, as nobody else does
 * @param change its name
 */
record Acknowledged(String document, String label, Dot change) {}
