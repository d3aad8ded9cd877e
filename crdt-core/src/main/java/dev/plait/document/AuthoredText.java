package dev.plait.document;

import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a text that one replica inserted at one time. Immutable.
 *
 * @param text its units that are still there, side by side; never empty
 * @param author who inserted them
 * @param time when; null if the document no longer holds that change one by one, only as part of
 *     its state
 */
public record AuthoredText(String text, ReplicaId author, @Nullable HybridTimestamp time) {}
