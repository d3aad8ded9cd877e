package dev.plait.wire;

import dev.plait.change.Change;
import dev.plait.codec.Codec;
import dev.plait.codec.ProtocolException;
import java.util.List;

/** Whether something can be encoded. */
final class Encodes {
  private Encodes() {}

  static boolean chunk(Codec codec, String document, Change change) {
    try {
      codec.encodeChunk(document, List.of(change));
      return true;
    } catch (ProtocolException e) {
      return false;
    }
  }
}
