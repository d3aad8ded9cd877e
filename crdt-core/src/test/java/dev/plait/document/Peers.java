package dev.plait.document;

import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.change.ChunkHeader;
import dev.plait.change.Snapshot;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Codec;
import dev.plait.codec.Limits;
import dev.plait.message.SyncMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** Makes documents of one name on several replicas, with one wall clock that tests set by hand. */
final class Peers {
  static final long START = 1_800_000_000_000L;

  final AtomicLong wall = new AtomicLong(START);
  private final Limits limits;

  Peers() {
    this(Limits.defaults());
  }

  Peers(Limits limits) {
    this.limits = limits;
  }

  static ReplicaId id(int number) {
    return ReplicaId.of(0, number);
  }

  HybridLogicalClock clock() {
    return HybridLogicalClock.builder(wall::get).build();
  }

  DocumentBuilder builder(int replica) {
    return Document.builder("doc", id(replica)).clock(clock()).codec(new NoCodec()).limits(limits);
  }

  Document document(int replica) {
    return builder(replica).build();
  }

  /** Hands every change {@code to} lacks over to it. */
  static ApplyReport pull(Document to, Document from) {
    return to.apply(from.changes(to.versionVector()));
  }

  /** Lets all documents exchange everything. */
  static void meet(Document... documents) {
    for (int round = 0; round < 2; round++) {
      for (Document to : documents) {
        for (Document from : documents) {
          if (to != from) {
            pull(to, from);
          }
        }
      }
    }
  }

  static List<Change> all(Document document) {
    return new ArrayList<>(document.changes(VersionVector.empty()));
  }

  /** For tests in which nothing becomes bytes. */
  private static final class NoCodec implements Codec {
    private static UnsupportedOperationException unused() {
      return new UnsupportedOperationException("this test needs no bytes");
    }

    @Override
    public Chunk encodeChunk(String document, ChangeColumns changes) {
      throw unused();
    }

    @Override
    public Chunk readChunk(byte[] bytes) {
      throw unused();
    }

    @Override
    public boolean canRead(ChunkHeader header) {
      return false;
    }

    @Override
    public void decodeChunk(Chunk chunk, ChangeColumns into) {
      throw unused();
    }

    @Override
    public int decodeBundle(byte[] bytes, String document, IntFunction<ChangeColumns> into) {
      throw unused();
    }

    @Override
    public byte[] encodeBundle(List<Chunk> chunks) {
      throw unused();
    }

    @Override
    public List<Chunk> decodeBundle(byte[] bytes) {
      throw unused();
    }

    @Override
    public byte[] encodeSnapshot(Snapshot snapshot) {
      throw unused();
    }

    @Override
    public Snapshot decodeSnapshot(byte[] bytes) {
      throw unused();
    }

    @Override
    public byte[] encodeMessage(SyncMessage message) {
      throw unused();
    }

    @Override
    public SyncMessage decodeMessage(byte[] frame) {
      throw unused();
    }
  }
}
