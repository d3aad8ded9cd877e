package dev.plait.cli.store;

import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.codec.ProtocolException;
import dev.plait.store.ChangeStore;
import dev.plait.store.Damages;
import dev.plait.store.StoreCheck;
import dev.plait.store.StoreException;
import dev.plait.store.StoredSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether everything in a store is what was written, and makes sense: what the store itself can
 * tell, and beyond that, whether each chunk and snapshot can be decoded and no change is missing
 * between others.
 */
public final class Verification {
  private final ChangeStore store;
  private final Codec codec;
  private final Damages damages;
  private final StoreCheck check;

  private Verification(ChangeStore store, Codec codec) {
    this.store = store;
    this.codec = codec;
    this.check = check(store);
    this.damages = Damages.from(check);
  }

  /** A store that is too damaged to be read to its end says so in its own words. */
  private static StoreCheck check(ChangeStore store) {
    try {
      return store.verify();
    } catch (StoreException.Corrupt corrupt) {
      String what = String.valueOf(corrupt.getMessage());
      return new StoreCheck(0, 0, 0, List.of(new StoreCheck.Damage(null, what)));
    }
  }

  /** Reads all that is there. */
  public static StoreCheck of(ChangeStore store, Codec codec) {
    Verification verification = new Verification(store, codec);
    if (verification.check.isSound()) {
      store.documents("").forEach(verification::decode);
    }
    return new StoreCheck(
        verification.check.documents(),
        verification.check.records(),
        verification.check.bytes(),
        verification.damages.list());
  }

  private void decode(String document) {
    try {
      VersionVector covered = VersionVector.EMPTY;
      StoredSnapshot snapshot = store.snapshot(document);
      if (snapshot != null) {
        covered = codec.decodeSnapshot(snapshot.bytes()).version();
        if (!covered.equals(snapshot.version())) {
          damages.add(document, "the snapshot stands for another version than its record says");
        }
      }
      Map<ReplicaId, Long> reached = new HashMap<>();
      covered.dots().forEach(dot -> reached.put(dot.replica(), dot.counter()));
      store.readChunks(
          document,
          covered,
          chunk -> {
            follow(document, chunk.header(), reached);
            decode(document, chunk);
          });
      store.quarantined(document).forEach(chunk -> decode(document, chunk));
    } catch (ProtocolException malformed) {
      damages.add(document, "the snapshot can't be decoded: " + malformed.getMessage());
    } catch (StoreException.Corrupt corrupt) {
      damages.add(document, corrupt);
    }
  }

  private void follow(String document, ChunkHeader header, Map<ReplicaId, Long> reached) {
    long last = reached.getOrDefault(header.replica(), 0L);
    if (header.firstCounter() > last + 1) {
      damages.add(
          document,
          "changes "
              + (last + 1)
              + " to "
              + (header.firstCounter() - 1)
              + " of replica "
              + header.replica()
              + " are missing");
    }
    reached.put(header.replica(), Math.max(last, header.lastCounter()));
  }

  private void decode(String document, Chunk chunk) {
    if (!codec.canRead(chunk.header())) {
      return; // written by a newer release; its checksum is all there is to check
    }
    try {
      codec.decodeChunk(chunk, new ChangeColumns(chunk.header().replica()));
    } catch (ProtocolException malformed) {
      damages.add(
          document,
          "the chunk from "
              + chunk.header().firstCounter()
              + " on of replica "
              + chunk.header().replica()
              + " can't be decoded: "
              + malformed.getMessage());
    }
  }
}
