package dev.plait.peers.work;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scripts as JSON files, as all workers read them. An edit is an array that begins with a letter.
 */
public final class ScriptFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ScriptFile() {}

  /** Writes a script. */
  public static void write(Script script, Path file) throws IOException {
    try (JsonGenerator out = JSON.createGenerator(Files.newBufferedWriter(file))) {
      out.writeStartObject();
      out.writeStringField("name", script.name());
      out.writeStringField("root", script.root().label());
      out.writeStringField("end", script.end());
      out.writeArrayFieldStart("users");
      for (List<List<Edit>> user : script.users()) {
        out.writeStartArray();
        for (List<Edit> transaction : user) {
          out.writeStartArray();
          for (Edit edit : transaction) {
            out.writeStartArray();
            for (Object part : parts(edit)) {
              out.writePOJO(part);
            }
            out.writeEndArray();
          }
          out.writeEndArray();
        }
        out.writeEndArray();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private static List<Object> parts(Edit edit) {
    if (edit instanceof Edit.Insert insert) {
      return List.of("i", insert.position(), insert.text());
    }
    if (edit instanceof Edit.Delete delete) {
      return List.of("d", delete.position(), delete.length());
    }
    if (edit instanceof Edit.ListInsert insert) {
      return List.of("l", insert.position(), insert.values());
    }
    if (edit instanceof Edit.Put put) {
      return List.of("p", put.key(), put.value());
    }
    if (edit instanceof Edit.Remove remove) {
      return List.of("r", remove.key());
    }
    if (edit instanceof Edit.Add add) {
      return List.of("a", add.member());
    }
    return List.of("x", ((Edit.Discard) edit).member());
  }

  /** Reads a script. */
  public static Script read(Path file) throws IOException {
    JsonNode script = JSON.readTree(file.toFile());
    List<List<List<Edit>>> users = new ArrayList<>();
    for (JsonNode user : script.get("users")) {
      List<List<Edit>> transactions = new ArrayList<>();
      for (JsonNode transaction : user) {
        List<Edit> edits = new ArrayList<>();
        transaction.forEach(edit -> edits.add(edit(edit)));
        transactions.add(List.copyOf(edits));
      }
      users.add(transactions);
    }
    return new Script(
        script.get("name").asText(),
        Root.of(script.get("root").asText()),
        users,
        script.get("end").isNull() ? null : script.get("end").asText());
  }

  private static Edit edit(JsonNode parts) {
    String letter = parts.get(0).asText();
    return switch (letter) {
      case "i" -> new Edit.Insert(parts.get(1).asInt(), parts.get(2).asText());
      case "d" -> new Edit.Delete(parts.get(1).asInt(), parts.get(2).asInt());
      case "l" -> {
        List<Object> values = new ArrayList<>();
        parts.get(2).forEach(value -> values.add(value(value)));
        yield new Edit.ListInsert(parts.get(1).asInt(), List.copyOf(values));
      }
      case "p" -> new Edit.Put(parts.get(1).asText(), value(parts.get(2)));
      case "r" -> new Edit.Remove(parts.get(1).asText());
      case "a" -> new Edit.Add(parts.get(1).asText());
      case "x" -> new Edit.Discard(parts.get(1).asText());
      default -> throw new IllegalArgumentException("no edit begins with " + letter);
    };
  }

  private static Object value(JsonNode node) {
    if (node.isNumber()) {
      return node.asLong();
    }
    if (node.isTextual()) {
      return node.asText();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    node.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
    return fields;
  }
}
