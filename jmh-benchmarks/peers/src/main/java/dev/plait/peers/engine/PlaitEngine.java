package dev.plait.peers.engine;

import dev.plait.change.Change;
import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import dev.plait.document.DocumentBuilder;
import dev.plait.document.ListEditor;
import dev.plait.document.MapEditor;
import dev.plait.document.SetEditor;
import dev.plait.document.TextEditor;
import dev.plait.document.Transaction;
import dev.plait.peers.work.Edit;
import dev.plait.peers.work.Root;
import dev.plait.peers.work.Script;
import dev.plait.value.Content;
import dev.plait.value.LongValue;
import dev.plait.value.StringValue;
import dev.plait.value.Value;
import dev.plait.wire.WireCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plait: documents without a replica around them. */
final class PlaitEngine implements Engine {
  private static final String NAME = "work";
  private static final String ROOT = "root";
  private static final long RANDOM_PART = 0x9e3779b97f4a7c15L;

  private final WireCodec codec = WireCodec.create();

  @Override
  public String name() {
    return "plait";
  }

  @Override
  public @Nullable String reasonAgainst(Script script) {
    return null;
  }

  @Override
  public boolean isOnHeap() {
    return true;
  }

  private DocumentBuilder builder(int user) {
    ReplicaId id = ReplicaId.of(RANDOM_PART * (user + 1), user);
    HybridLogicalClock clock = HybridLogicalClock.builder(System::currentTimeMillis).build();
    return Document.builder(NAME, id).clock(clock).codec(codec);
  }

  @Override
  public Copy create(int user, Root root) {
    return new PlaitCopy(builder(user).build(), root);
  }

  @Override
  public Copy open(byte[] saved, int user, Root root) {
    return new PlaitCopy(builder(user).open(saved), root);
  }

  private final class PlaitCopy implements Copy {
    private final Document document;
    private final Root root;
    private @Nullable List<Change> changes;

    PlaitCopy(Document document, Root root) {
      this.document = document;
      this.root = root;
    }

    @Override
    public void transact(List<Edit> edits) {
      List<Change> recorded = changes;
      var change = document.transact(transaction -> edit(transaction, edits));
      if (recorded != null) {
        change.ifPresent(recorded::add);
      }
    }

    private void edit(Transaction transaction, List<Edit> edits) {
      switch (root) {
        case TEXT -> editText(transaction.text(ROOT), edits);
        case LIST -> editList(transaction.list(ROOT), edits);
        case MAP -> editMap(transaction.map(ROOT), edits);
        case SET -> editSet(transaction.set(ROOT), edits);
      }
    }

    @Override
    public void startRecording() {
      changes = new ArrayList<>();
    }

    @Override
    public List<byte[]> takeUpdates() {
      List<Change> made = Objects.requireNonNull(changes);
      changes = new ArrayList<>();
      return made.stream()
          .map(change -> codec.encodeBundle(List.of(codec.encodeChunk(NAME, List.of(change)))))
          .toList();
    }

    @Override
    public void apply(byte[] update) {
      document.apply(update);
    }

    @Override
    public byte[] history() {
      return document.changesSince(VersionVector.EMPTY);
    }

    @Override
    public byte[] save() {
      return document.encodedSnapshot();
    }

    @Override
    public void join(byte[] saved) {
      document.join(saved);
    }

    @Override
    public Object content() {
      return switch (root) {
        case TEXT -> document.text(ROOT).toString();
        case LIST -> document.list(ROOT).contents().stream().map(PlaitEngine::plain).toList();
        case MAP -> {
          Map<String, Object> entries = new TreeMap<>();
          for (String key : document.map(ROOT).keys()) {
            entries.put(key, plain(Objects.requireNonNull(document.map(ROOT).get(key))));
          }
          yield entries;
        }
        case SET -> document.set(ROOT).values().stream().map(PlaitEngine::plain).sorted().toList();
      };
    }
  }

  private static void editText(TextEditor text, List<Edit> edits) {
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.Insert insert) {
        text.insert(insert.position(), insert.text());
      } else if (edits.get(i) instanceof Edit.Delete delete) {
        text.delete(delete.position(), delete.length());
      }
    }
  }

  private static void editList(ListEditor list, List<Edit> edits) {
    for (Edit edit : edits) {
      if (edit instanceof Edit.ListInsert insert) {
        list.insert(insert.position(), insert.values().stream().map(PlaitEngine::value).toList());
      }
    }
  }

  private static void editMap(MapEditor map, List<Edit> edits) {
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.Put put) {
        map.put(put.key(), value(put.value()));
      } else if (edits.get(i) instanceof Edit.Remove remove) {
        map.remove(remove.key());
      }
    }
  }

  private static void editSet(SetEditor set, List<Edit> edits) {
    for (int i = 0; i < edits.size(); i++) {
      if (edits.get(i) instanceof Edit.Add add) {
        set.add(add.member());
      } else if (edits.get(i) instanceof Edit.Discard discard) {
        set.remove(discard.member());
      }
    }
  }

  private static Value value(Object plain) {
    if (plain instanceof Long number) {
      return Value.of(number.longValue());
    }
    if (plain instanceof String text) {
      return Value.of(text);
    }
    Map<String, Value> entries = new LinkedHashMap<>();
    ((Map<?, ?>) plain).forEach((key, value) -> entries.put((String) key, value(value)));
    return Value.of(entries);
  }

  private static Comparable<?> plain(Content content) {
    if (content instanceof LongValue number) {
      return number.value();
    }
    return content instanceof StringValue text ? text.value() : content.toString();
  }
}
