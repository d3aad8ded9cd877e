package dev.plait.store;

/**
 * How much a store keeps of one document, or of several. Immutable.
 *
 * @param chunks how many chunks, those in quarantine not counted
 * @param chunkBytes their length
 * @param quarantined how many chunks are kept aside
 * @param quarantinedBytes their length
 * @param snapshotBytes the length of the snapshot; 0 if there is none
 */
public record DocumentSize(
    long chunks, long chunkBytes, long quarantined, long quarantinedBytes, long snapshotBytes) {

  /** Nothing. */
  public static final DocumentSize EMPTY = new DocumentSize(0, 0, 0, 0, 0);

  /** This and another together. */
  public DocumentSize plus(DocumentSize other) {
    return new DocumentSize(
        chunks + other.chunks,
        chunkBytes + other.chunkBytes,
        quarantined + other.quarantined,
        quarantinedBytes + other.quarantinedBytes,
        snapshotBytes + other.snapshotBytes);
  }
}
