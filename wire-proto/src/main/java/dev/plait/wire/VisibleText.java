package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import com.google.protobuf.ByteString;
import dev.plait.value.Unicode;
import dev.plait.wire.v1.SnapshotProto;

/**
 * The visible units of a text. Runs may be cut inside a surrogate pair, so they are written as one
 * piece, in which the halves meet again; only where half of a pair really stands alone, which UTF-8
 * can't say, the piece is written as UTF-16.
 */
final class VisibleText {
  private VisibleText() {}

  static void write(String visible, SnapshotProto.TextState.Builder written) {
    if (visible.isEmpty()) {
      return;
    }
    if (Unicode.loneSurrogate(visible) < 0) {
      written.setText(visible);
      return;
    }
    byte[] units = new byte[Character.BYTES * visible.length()];
    for (int i = 0; i < visible.length(); i++) {
      units[2 * i] = (byte) (visible.charAt(i) >>> Byte.SIZE);
      units[2 * i + 1] = (byte) visible.charAt(i);
    }
    written.setUnits(ByteString.copyFrom(units));
  }

  static String read(SnapshotProto.TextState written) {
    return switch (written.getVisibleCase()) {
      case TEXT -> written.getText();
      case UNITS -> readUnits(written.getUnits());
      case VISIBLE_NOT_SET -> "";
    };
  }

  private static String readUnits(ByteString units) {
    if (units.size() % Character.BYTES != 0) {
      throw DECODING.malformed("text in UTF-16 ends in the middle of a unit");
    }
    char[] visible = new char[units.size() / Character.BYTES];
    for (int i = 0; i < visible.length; i++) {
      int high = units.byteAt(2 * i) & 0xff;
      int low = units.byteAt(2 * i + 1) & 0xff;
      visible[i] = (char) (high << Byte.SIZE | low);
    }
    String text = String.valueOf(visible);
    if (Unicode.loneSurrogate(text) < 0) {
      throw DECODING.malformed("well-formed text is written as text, not as UTF-16");
    }
    return text;
  }
}
