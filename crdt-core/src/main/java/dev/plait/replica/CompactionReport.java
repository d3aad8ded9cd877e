package dev.plait.replica;

import dev.plait.store.DocumentSize;

/**
 * What a compaction has made of a document. Immutable.
 *
 * @param document which
 * @param done whether there was anything to do; false also for a document that is {@linkplain
 *     dev.plait.document.Document#isInDoubt in doubt}, which is left as it is
 * @param before what was kept of it
 * @param after what is kept of it
 */
public record CompactionReport(
    String document, boolean done, DocumentSize before, DocumentSize after) {}
