package dev.plait.wire;

import dev.plait.codec.ProtocolException;
import dev.plait.document.DocumentException;
import dev.plait.error.PlaitException;
import java.util.Set;

/** How strangers' bytes may be refused: with these codes and no others. */
final class Refusals {
  private static final Set<String> PROTOCOL =
      Set.of(
          ProtocolException.MALFORMED,
          ProtocolException.LIMIT_EXCEEDED,
          ProtocolException.UNSUPPORTED_VERSION,
          ProtocolException.INVALID_CHANGE,
          ProtocolException.WRONG_DOCUMENT,
          ProtocolException.UNEXPECTED_MESSAGE);

  private static final Set<String> DOCUMENT =
      Set.of(DocumentException.STAMP_AHEAD, DocumentException.INVALID_SNAPSHOT);

  private Refusals() {}

  /** The code of a refusal, which must be one that is documented, with words that explain it. */
  static String code(PlaitException refusal) {
    Set<String> allowed = refusal instanceof ProtocolException ? PROTOCOL : DOCUMENT;
    String words = refusal.getMessage();
    if (!allowed.contains(refusal.code()) || words == null || words.isBlank()) {
      throw new AssertionError("not a documented refusal", refusal);
    }
    return refusal.code();
  }
}
