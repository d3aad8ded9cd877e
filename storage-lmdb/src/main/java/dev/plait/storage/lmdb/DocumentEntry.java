package dev.plait.storage.lmdb;

import dev.plait.storage.guard.DocumentSeal;

/**
 * A document as the store lists it.
 *
 * @param name the whole name
 * @param number what the keys of its records begin with
 * @param key of the record this is from; must not be modified
 * @param seal what its records add up to
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DocumentEntry(String name, long number, byte[] key, DocumentSeal seal) {

  DocumentEntry with(DocumentSeal other) {
    return new DocumentEntry(name, number, key, other);
  }
}
