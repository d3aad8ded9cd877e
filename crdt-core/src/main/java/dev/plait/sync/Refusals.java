package dev.plait.sync;

import dev.plait.message.SyncMessage;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * A refusal may be lost like anything else. Then the peer says again what was refused, and is
 * refused again.
 */
/** What the peer is yet to be told that it may not do, once for each document. */
final class Refusals {

  /** Beyond this many the peer has to ask again. */
  static final int MAX_WAITING = 1024;

  private final Map<String, SyncMessage.Failure> waiting = new LinkedHashMap<>();

  void readDenied(String document) {
    add(document, SyncPolicy.READ_DENIED, "this replica does not give you the document");
  }

  void writeDenied(String document) {
    add(
        document,
        SyncPolicy.WRITE_DENIED,
        "this replica takes no changes of the document from you");
  }

  private void add(String document, String code, String message) {
    if (waiting.size() < MAX_WAITING) {
      waiting.put(document, new SyncMessage.Failure(code, message, document));
    }
  }

  SyncMessage.@Nullable Failure take() {
    Iterator<SyncMessage.Failure> all = waiting.values().iterator();
    SyncMessage.Failure first = null;
    if (all.hasNext()) {
      first = all.next();
      all.remove();
    }
    return first;
  }
}
