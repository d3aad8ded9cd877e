package dev.plait.store;

import dev.plait.value.Unicode;

/**
 * The names a store takes, for those who write one: well-formed Unicode of any length, so that
 * every name has one form in UTF-8 and two names never share one.
 */
public final class DocumentNames {

  private DocumentNames() {}

  /**
   * Checks a name or a prefix of names.
   *
   * @throws StoreException UNSTORABLE if it has half of a surrogate pair
   */
  public static void check(String name) {
    int lone = Unicode.loneSurrogate(name);
    if (lone >= 0) {
      throw new StoreException.Unstorable(
          "the document name has half of a surrogate pair at index "
              + lone
              + "; names are well-formed Unicode",
          null);
    }
  }

  /**
   * Checks every name in a batch.
   *
   * @throws StoreException UNSTORABLE if one has half of a surrogate pair
   */
  public static void checkAll(StoreBatch batch) {
    batch.deleted().forEach(DocumentNames::check);
    batch.chunks().forEach(chunk -> check(chunk.header().document()));
    batch.merged().forEach(chunk -> check(chunk.header().document()));
    batch.rewritten().forEach(chunk -> check(chunk.header().document()));
    batch.quarantined().forEach(chunk -> check(chunk.header().document()));
    batch.released().forEach(released -> check(released.document()));
    batch.forsaken().forEach(forsaken -> check(forsaken.document()));
    batch.suspects().forEach(suspect -> check(suspect.document()));
    StoredSnapshot snapshot = batch.snapshot();
    if (snapshot != null) {
      check(snapshot.document());
    }
  }
}
