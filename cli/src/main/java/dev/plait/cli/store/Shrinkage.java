package dev.plait.cli.store;

import dev.plait.document.Document;
import dev.plait.replica.CompactionPolicy;
import dev.plait.replica.CompactionReport;
import dev.plait.replica.Replica;
import dev.plait.store.ChangeStore;
import dev.plait.store.DocumentSize;
import dev.plait.store.StoreSize;
import java.util.ArrayList;
import java.util.List;

/**
 * What compaction has made of a store. Immutable.
 *
 * @param documents those asked for, by name
 * @param before what the whole store took
 * @param after what it takes now
 */
record Shrinkage(List<Entry> documents, StoreSize before, StoreSize after) {
  Shrinkage {
    documents = List.copyOf(documents);
  }

  /**
   * A document.
   *
   * @param inDoubt whether it was left as it is, because of a branch that only a peer can settle
   */
  record Entry(String name, boolean inDoubt, DocumentSize before, DocumentSize after) {}

  /** Puts snapshots in the place of histories, merges what is left, and gives back the room. */
  static Shrinkage of(ChangeStore store, List<String> names) {
    StoreSize before = store.size();
    List<Entry> documents = new ArrayList<>();
    if (!names.isEmpty()) {
      try (Replica replica =
          Replica.builder().store(store).compaction(CompactionPolicy.none()).build()) {
        for (String name : names) {
          documents.add(compacted(replica, name));
        }
      }
    }
    store.reclaim();
    return new Shrinkage(documents, before, store.size());
  }

  private static Entry compacted(Replica replica, String name) {
    CompactionReport history = replica.compact(name);
    CompactionReport chunks = replica.mergeChunks(name);
    Document document = replica.document(name);
    boolean inDoubt = document.isInDoubt();
    document.unload();
    return new Entry(name, inDoubt, history.before(), chunks.after());
  }

  boolean leftNothingInDoubt() {
    return documents.stream().noneMatch(Entry::inDoubt);
  }

  /** What the documents took together. */
  DocumentSize sumBefore() {
    return documents.stream().map(Entry::before).reduce(DocumentSize.EMPTY, DocumentSize::plus);
  }

  /** What they take now. */
  DocumentSize sumAfter() {
    return documents.stream().map(Entry::after).reduce(DocumentSize.EMPTY, DocumentSize::plus);
  }
}
