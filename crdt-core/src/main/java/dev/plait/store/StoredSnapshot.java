package dev.plait.store;

import dev.plait.clock.VersionVector;

/**
 * An encoded snapshot and the version it covers.
 *
 * @param document whose state it is
 * @param version all changes it stands for
 * @param bytes the encoded snapshot; must not be modified
 */
public record StoredSnapshot(String document, VersionVector version, byte[] bytes) {}
