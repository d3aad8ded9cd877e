package dev.plait.cli.node;

import dev.plait.change.Change;
import dev.plait.cli.json.JsonWriter;
import dev.plait.document.Document;
import dev.plait.replica.Replica;
import dev.plait.store.ChangeStore;
import dev.plait.value.ContainerType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What each op does. One thread at a time. */
final class Operations {
  /** How long {@code wait-in-sync} may wait: a day. */
  private static final long LONGEST_WAIT_MILLIS = 86_400_000;

  private final ChangeStore store;
  private final Replica replica;
  private final Peers peers;
  private final StatusReport status;

  Operations(ChangeStore store, Replica replica, Peers peers, StatusReport status) {
    this.store = store;
    this.replica = replica;
    this.peers = peers;
    this.status = status;
  }

  /**
   * Does what a request asks for, but for {@code quit}, and says what came of it.
   *
   * @param stopped tells an op that waits to give up
   */
  JsonWriter answer(String op, Request request, BooleanSupplier stopped) {
    JsonWriter answer = new JsonWriter().object().name("ok").truth(true);
    Edits.Edit edit = Edits.ALL.get(op);
    if (edit != null) {
      write(edit, request, answer);
    } else {
      switch (op) {
        case "get" -> get(request, answer);
        case "dump" -> dump(request, answer);
        case "status" -> status(request, answer);
        case "wait-in-sync" -> waitInSync(request, stopped);
        default ->
            throw new RequestException(
                RequestException.UNKNOWN_OP,
                "there is no op \"" + op + "\"; docs/cli.md lists those there are");
      }
    }
    return answer.endObject();
  }

  private void write(Edits.Edit edit, Request request, JsonWriter answer) {
    String root = request.name();
    Optional<Change> change =
        replica.document(request.doc()).transact(tx -> edit.make(request, root, tx));
    answer.name("dot");
    if (change.isPresent()) {
      answer.string(change.get().dot().text());
    } else {
      answer.nothing();
    }
  }

  private void get(Request request, JsonWriter answer) {
    Document document = known(request.doc());
    String root = request.name();
    ContainerType type = type(document, root, request);
    answer.name("type").string(type.label());
    answer.name("value").json(DocumentJson.of(document, root, type));
  }

  private static ContainerType type(Document document, String root, Request request) {
    List<ContainerType> types = DocumentJson.types(document, root);
    if (request.has("type")) {
      String wanted = request.text("type");
      types = types.stream().filter(type -> type.label().equals(wanted)).toList();
    }
    if (types.isEmpty()) {
      throw new RequestException(
          RequestException.UNKNOWN_ROOT,
          "document \"" + document.name() + "\" has no such root as \"" + root + "\"");
    }
    if (types.size() > 1) {
      throw new RequestException(
          RequestException.AMBIGUOUS_ROOT,
          "\""
              + root
              + "\" is the name of several roots; choose by \"type\" one of "
              + types.stream().map(ContainerType::label).toList());
    }
    return types.get(0);
  }

  private void dump(Request request, JsonWriter answer) {
    String state = DocumentJson.of(known(request.doc()));
    answer.name("state").json(state).name("sha256").string(sha256(state));
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  private void status(Request request, JsonWriter answer) {
    if (request.has("doc")) {
      status.of(known(request.doc()), answer);
    } else {
      status.of(replica.documents().stream().map(replica::document).toList(), answer);
    }
    status.rest(answer);
  }

  private void waitInSync(Request request, BooleanSupplier stopped) {
    long millis = request.number("timeoutMillis", 0, LONGEST_WAIT_MILLIS);
    if (!peers.awaitInSync(millis, stopped)) {
      throw new RequestException(
          RequestException.NOT_IN_SYNC,
          "not in sync with all peers after " + millis + " ms; status says with whom");
    }
  }

  /** A document that somebody has changed. */
  private Document known(String name) {
    Document document = replica.document(name);
    if (!store.documents(name).contains(name)) {
      throw new RequestException(
          RequestException.UNKNOWN_DOCUMENT,
          "there is no document \"" + name + "\" here; the first write makes it");
    }
    return document;
  }
}
