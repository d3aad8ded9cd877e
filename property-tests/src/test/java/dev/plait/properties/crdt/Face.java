package dev.plait.properties.crdt;

import dev.plait.canonical.CanonicalBytes;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.State;
import java.util.HexFormat;

/** Everything that one can tell an instance by: canonical bytes, state and visible value. */
record Face<V>(V visible, State state, String canonical) {

  static <C extends Crdt, V> Face<V> of(TypeUnderTest<C, V> type, C crdt) {
    CanonicalBytes out = new CanonicalBytes();
    crdt.writeCanonical(out);
    return new Face<>(
        type.visible(crdt), crdt.state(), HexFormat.of().formatHex(out.toByteArray()));
  }
}
