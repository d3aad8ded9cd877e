package dev.plait.cli.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of one trace as a stream; fields may come in any order. */
final class TraceParser {
  private final JsonParser in;

  private final Map<String, String> letters = new HashMap<>();
  private @Nullable String kind;
  private @Nullable String startContent;
  private @Nullable String endContent;
  private @Nullable Integer numAgents;
  private @Nullable List<RawTransaction> transactions;

  /** Index of the transaction being read; -1 outside of them. */
  private int transaction = -1;

  /** A transaction before it is known of which kind the trace is. */
  private record RawTransaction(
      @Nullable Integer agent, @Nullable List<Integer> parents, List<Patch> patches) {}

  private TraceParser(JsonParser in) {
    this.in = in;
  }

  /**
   * Reads a trace.
   *
   * @throws TraceException TRACE_SHAPE
   * @throws IOException if the stream fails or holds no JSON
   */
  static Trace parse(InputStream json) throws IOException {
    JsonFactory format =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (JsonParser in = format.createParser(json)) {
      TraceParser parser = new TraceParser(in);
      parser.readTrace();
      return parser.trace();
    }
  }

  private void readTrace() throws IOException {
    expect(in.nextToken(), JsonToken.START_OBJECT, "a trace is one JSON object");
    while (in.nextToken() != JsonToken.END_OBJECT) {
      switch (nextField()) {
        case "kind" -> kind = text("kind");
        case "startContent" -> startContent = wellFormed("startContent");
        case "endContent" -> endContent = wellFormed("endContent");
        case "numAgents" -> numAgents = count("numAgents");
        case "txns" -> transactions = readTransactions();
        default -> in.skipChildren();
      }
    }
    if (in.nextToken() != null) {
      throw wrong("there is something after the end of the trace");
    }
  }

  private List<RawTransaction> readTransactions() throws IOException {
    List<RawTransaction> read = new ArrayList<>();
    expect(in.currentToken(), JsonToken.START_ARRAY, "txns must be an array");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      transaction = read.size();
      read.add(readTransaction());
    }
    transaction = -1;
    return read;
  }

  private RawTransaction readTransaction() throws IOException {
    Integer agent = null;
    List<Integer> parents = null;
    List<Patch> patches = null;
    expect(in.currentToken(), JsonToken.START_OBJECT, "a transaction must be an object");
    while (in.nextToken() != JsonToken.END_OBJECT) {
      switch (nextField()) {
        case "agent" -> agent = count("agent");
        case "parents" -> parents = readParents();
        case "patches" -> patches = readPatches();
        default -> in.skipChildren();
      }
    }
    return new RawTransaction(agent, parents, required(patches, "patches"));
  }

  private List<Integer> readParents() throws IOException {
    List<Integer> parents = new ArrayList<>(1);
    expect(in.currentToken(), JsonToken.START_ARRAY, "parents must be an array");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      int parent = count("a parent");
      if (parent >= transaction) {
        throw wrong("a parent must be the index of an earlier transaction, not " + parent);
      }
      parents.add(parent);
    }
    return parents;
  }

  private List<Patch> readPatches() throws IOException {
    List<Patch> patches = new ArrayList<>(1);
    expect(in.currentToken(), JsonToken.START_ARRAY, "patches must be an array");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      expect(in.currentToken(), JsonToken.START_ARRAY, "a patch must be an array");
      in.nextToken();
      int position = count("the position of a patch");
      in.nextToken();
      int deleted = count("the deleted length of a patch");
      in.nextToken();
      patches.add(new Patch(position, deleted, shared(wellFormed("the inserted text of a patch"))));
      expect(
          in.nextToken(),
          JsonToken.END_ARRAY,
          "a patch must be [position, deleted, inserted] and no more");
    }
    return patches;
  }

  private String nextField() throws IOException {
    String field = in.currentName();
    in.nextToken();
    return field;
  }

  private int count(String what) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_NUMBER_INT
        || in.getNumberType() != JsonParser.NumberType.INT
        || in.getIntValue() < 0) {
      throw wrong(what + " must be a whole number from 0 to " + Integer.MAX_VALUE);
    }
    return in.getIntValue();
  }

  private String text(String what) throws IOException {
    expect(in.currentToken(), JsonToken.VALUE_STRING, what + " must be a string");
    return in.getText();
  }

  /** Most patches insert one of a few letters; one string for each is enough. */
  private String shared(String text) {
    return text.length() == 1 ? letters.computeIfAbsent(text, letter -> letter) : text;
  }

  private String wellFormed(String what) throws IOException {
    String text = text(what);
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (Character.isSurrogate(text.charAt(i)) && Character.charCount(text.codePointAt(i)) == 1) {
        throw wrong(what + " holds half of a surrogate pair");
      }
    }
    return text;
  }

  private void expect(@Nullable JsonToken found, JsonToken wanted, String rule) {
    if (found != wanted) {
      throw wrong(rule);
    }
  }

  private <T> T required(@Nullable T field, String name) {
    if (field == null) {
      throw wrong(name + " is missing");
    }
    return field;
  }

  private TraceException wrong(String reason) {
    return new TraceException(
        TraceException.TRACE_SHAPE,
        transaction < 0 ? reason : "transaction " + transaction + ": " + reason);
  }

  // ---- what was read, as a trace of its kind

  private Trace trace() {
    List<RawTransaction> raw = required(transactions, "txns");
    String end = required(endContent, "endContent");
    if (kind == null || kind.equals("sequential")) {
      return new Trace(
          Trace.Kind.SEQUENTIAL, required(startContent, "startContent"), end, sequential(raw));
    }
    if (!kind.equals("concurrent")) {
      throw wrong("kind must be \"sequential\" or \"concurrent\", not \"" + kind + "\"");
    }
    if (startContent != null && !startContent.isEmpty()) {
      throw wrong("startContent has no place in a concurrent trace; use a root transaction");
    }
    return new Trace(
        Trace.Kind.CONCURRENT, "", end, concurrent(raw, required(numAgents, "numAgents")));
  }

  private List<TraceTransaction> sequential(List<RawTransaction> raw) {
    List<TraceTransaction> made = new ArrayList<>(raw.size());
    for (transaction = 0; transaction < raw.size(); transaction++) {
      RawTransaction one = raw.get(transaction);
      if (one.parents() != null) {
        throw wrong("it has parents, but the trace does not say kind: \"concurrent\"");
      }
      List<Integer> parents = transaction == 0 ? List.of() : List.of(transaction - 1);
      made.add(new TraceTransaction(0, parents, one.patches()));
    }
    return made;
  }

  private List<TraceTransaction> concurrent(List<RawTransaction> raw, int agents) {
    List<TraceTransaction> made = new ArrayList<>(raw.size());
    for (transaction = 0; transaction < raw.size(); transaction++) {
      RawTransaction one = raw.get(transaction);
      int agent = required(one.agent(), "agent");
      if (agent >= agents) {
        throw wrong("agent must be below numAgents, which is " + agents + ", not " + agent);
      }
      made.add(new TraceTransaction(agent, required(one.parents(), "parents"), one.patches()));
    }
    return made;
  }
}
