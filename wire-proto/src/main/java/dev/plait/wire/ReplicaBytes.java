package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import com.google.protobuf.ByteString;
import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.List;

/** Replica ids as bytes, sixteen for each, one after another. */
final class ReplicaBytes {
  private ReplicaBytes() {}

  static ByteString write(ReplicaId id) {
    return ByteString.copyFrom(id.toBytes());
  }

  static ByteString write(List<ReplicaId> ids) {
    byte[] bytes = new byte[ids.size() * ReplicaId.BYTES];
    for (int i = 0; i < ids.size(); i++) {
      System.arraycopy(ids.get(i).toBytes(), 0, bytes, i * ReplicaId.BYTES, ReplicaId.BYTES);
    }
    return ByteString.copyFrom(bytes);
  }

  static ReplicaId readOne(ByteString bytes) {
    if (bytes.size() != ReplicaId.BYTES) {
      throw DECODING.malformed(
          "a replica id takes " + ReplicaId.BYTES + " bytes, not " + bytes.size());
    }
    return ReplicaId.fromBytes(bytes.toByteArray());
  }

  static List<ReplicaId> readAll(ByteString bytes) {
    if (bytes.size() % ReplicaId.BYTES != 0) {
      throw DECODING.malformed(
          "replica ids take "
              + ReplicaId.BYTES
              + " bytes each; "
              + bytes.size()
              + " are left over");
    }
    List<ReplicaId> ids = new ArrayList<>(bytes.size() / ReplicaId.BYTES);
    for (int start = 0; start < bytes.size(); start += ReplicaId.BYTES) {
      ids.add(readOne(bytes.substring(start, start + ReplicaId.BYTES)));
    }
    return ids;
  }
}
