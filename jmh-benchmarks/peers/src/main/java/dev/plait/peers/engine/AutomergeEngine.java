package dev.plait.peers.engine;

import dev.plait.peers.work.Edit;
import dev.plait.peers.work.Root;
import dev.plait.peers.work.Script;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.automerge.AmValue;
import org.automerge.ChangeHash;
import org.automerge.Document;
import org.automerge.MapEntry;
import org.automerge.NewValue;
import org.automerge.ObjectId;
import org.automerge.ObjectType;
import org.automerge.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Automerge for Java, which calls its Rust library. Its objects are known by who made them, so all
 * replicas start from one document that has the container already. It has no sets: they are maps
 * from member to true.
 */
final class AutomergeEngine implements Engine {
  private static final String ROOT = "root";
  private static final int ACTOR_BYTES = 16;

  private final Map<Root, byte[]> beginnings = new TreeMap<>();

  @Override
  public String name() {
    return "automerge-java";
  }

  @Override
  public @Nullable String reasonAgainst(Script script) {
    return null;
  }

  @Override
  public boolean isOnHeap() {
    return false;
  }

  private static byte[] actor(int number) {
    return ByteBuffer.allocate(ACTOR_BYTES).putInt(number).array();
  }

  private byte[] beginning(Root root) {
    return beginnings.computeIfAbsent(
        root,
        any -> {
          Document document = new Document(actor(0));
          try (Transaction transaction = document.startTransaction()) {
            transaction.set(ObjectId.ROOT, ROOT, typeOf(root));
            transaction.commit();
          }
          byte[] bytes = document.save();
          document.free();
          return bytes;
        });
  }

  private static ObjectType typeOf(Root root) {
    return switch (root) {
      case TEXT -> ObjectType.TEXT;
      case LIST -> ObjectType.LIST;
      case MAP, SET -> ObjectType.MAP;
    };
  }

  @Override
  public Copy create(int user, Root root) {
    return open(beginning(root), user, root);
  }

  @Override
  public Copy open(byte[] saved, int user, Root root) {
    Document loaded = Document.load(saved);
    try {
      return new AutomergeCopy(loaded.fork(actor(user + 1)), root);
    } finally {
      loaded.free();
    }
  }

  private static final class AutomergeCopy implements Copy {
    private final Document document;
    private final Root root;
    private final ObjectId object;
    private final List<byte[]> updates = new ArrayList<>();
    private ChangeHash @Nullable [] recordedTo;

    AutomergeCopy(Document document, Root root) {
      this.document = document;
      this.root = root;
      AmValue value = document.get(ObjectId.ROOT, ROOT).orElseThrow();
      object =
          value instanceof AmValue.Text text
              ? text.getId()
              : value instanceof AmValue.List list ? list.getId() : ((AmValue.Map) value).getId();
    }

    @Override
    public void transact(List<Edit> edits) {
      try (Transaction transaction = document.startTransaction()) {
        for (Edit edit : edits) {
          edit(transaction, edit);
        }
        transaction.commit();
      }
      ChangeHash[] since = recordedTo;
      if (since != null) {
        updates.add(document.encodeChangesSince(since));
        recordedTo = document.getHeads();
      }
    }

    private void edit(Transaction transaction, Edit edit) {
      if (edit instanceof Edit.Insert insert) {
        transaction.spliceText(object, insert.position(), 0, insert.text());
      } else if (edit instanceof Edit.Delete delete) {
        transaction.spliceText(object, delete.position(), delete.length(), "");
      } else if (edit instanceof Edit.ListInsert insert) {
        Iterator<NewValue> values =
            insert.values().stream()
                .map(
                    value ->
                        value instanceof Long number
                            ? NewValue.integer(number)
                            : NewValue.str((String) value))
                .iterator();
        transaction.splice(object, insert.position(), 0, values);
      } else if (edit instanceof Edit.Put put) {
        put(transaction, put);
      } else if (edit instanceof Edit.Remove remove) {
        remove(transaction, remove.key());
      } else if (edit instanceof Edit.Add add) {
        transaction.set(object, add.member(), true);
      } else if (edit instanceof Edit.Discard discard) {
        remove(transaction, discard.member());
      }
    }

    private void put(Transaction transaction, Edit.Put put) {
      if (put.value() instanceof Long number) {
        // Not as a NewValue: this version makes a floating-point number of that.
        transaction.set(object, put.key(), Math.toIntExact(number));
      } else if (put.value() instanceof String text) {
        transaction.set(object, put.key(), text);
      } else {
        ObjectId child = transaction.set(object, put.key(), ObjectType.MAP);
        ((Map<?, ?>) put.value())
            .forEach((key, value) -> transaction.set(child, (String) key, (String) value));
      }
    }

    /** Deleting a key that is not there is an error here. */
    private void remove(Transaction transaction, String key) {
      if (transaction.get(object, key).isPresent()) {
        transaction.delete(object, key);
      }
    }

    @Override
    public void startRecording() {
      recordedTo = document.getHeads();
    }

    @Override
    public List<byte[]> takeUpdates() {
      List<byte[]> taken = List.copyOf(updates);
      updates.clear();
      return taken;
    }

    @Override
    public void apply(byte[] update) {
      document.applyEncodedChanges(update);
    }

    @Override
    public byte[] history() {
      return document.save();
    }

    @Override
    public byte[] save() {
      return document.save();
    }

    @Override
    public Object content() {
      return switch (root) {
        case TEXT -> document.text(object).orElseThrow();
        case LIST -> {
          AmValue[] items = document.listItems(object).orElseThrow();
          yield Arrays.stream(items).map(this::plain).toList();
        }
        case MAP -> {
          Map<String, Object> entries = new TreeMap<>();
          for (MapEntry entry : document.mapEntries(object).orElse(new MapEntry[0])) {
            entries.put(entry.getKey(), plain(entry.getValue()));
          }
          yield entries;
        }
        case SET -> {
          Optional<String[]> members = document.keys(object);
          yield members.map(keys -> Arrays.stream(keys).sorted().toList()).orElse(List.of());
        }
      };
    }

    private Object plain(AmValue value) {
      if (value instanceof AmValue.Int number) {
        return number.getValue();
      }
      if (value instanceof AmValue.Str text) {
        return text.getValue();
      }
      if (value instanceof AmValue.Map child) {
        Map<String, Object> entries = new TreeMap<>();
        for (MapEntry entry : document.mapEntries(child.getId()).orElse(new MapEntry[0])) {
          entries.put(entry.getKey(), plain(entry.getValue()));
        }
        return entries;
      }
      return value.toString();
    }

    @Override
    public void close() {
      document.free();
    }
  }
}
