package dev.plait.storage.lmdb;

/** A record is not what was written. The message says which, without the store's path. */
final class DamagedException extends Exception {

  private static final long serialVersionUID = 1L;

  DamagedException(String message) {
    super(message);
  }
}
