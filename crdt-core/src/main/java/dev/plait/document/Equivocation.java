package dev.plait.document;

import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;

/**
 * Two different changes of one name: their author's id is in use twice, after a backup was restored
 * or a store was copied, or the author is dishonest. What this document holds of the author stays;
 * its later changes are held aside from now on, those of all others go on.
 *
 * @param document the document
 * @param change the name that two changes have
 * @param held when the one was made that is held here
 * @param other when the other was made; the same, if the two differ in something else
 */
public record Equivocation(
    String document, Dot change, HybridTimestamp held, HybridTimestamp other) {}
