package dev.plait.cli.replay;

import dev.plait.change.Change;
import dev.plait.cli.trace.CodePointIndex;
import dev.plait.cli.trace.Patch;
import dev.plait.cli.trace.TraceException;
import dev.plait.crdt.DeltaStep;
import dev.plait.crdt.EditException;
import dev.plait.crdt.TextDelta;
import dev.plait.document.ApplyReport;
import dev.plait.document.ContainerPatch;
import dev.plait.document.Document;
import dev.plait.document.DocumentEvent;
import dev.plait.document.TextEditor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One author of a trace at work on their copy.
 *
 * <p>Traces count code points and documents UTF-16 units. In a trace without characters outside of
 * the Basic Multilingual Plane that is the same and nothing is converted; otherwise an index
 * follows the text, fed by the author's own edits and by the patches that merges report.
 */
final class Author {
  private final Document document;
  private final @Nullable CodePointIndex index;

  private Author(Document document, @Nullable CodePointIndex index) {
    this.document = document;
    this.index = index;
  }

  /**
   * An author with an empty copy.
   *
   * @param basicPlane whether no character of the trace takes two UTF-16 units
   */
  static Author of(Document document, boolean basicPlane) {
    if (basicPlane) {
      return new Author(document, null);
    }
    CodePointIndex index = new CodePointIndex();
    document.listen(event -> follow(event, index));
    return new Author(document, index);
  }

  /**
   * Makes what was there before the first transaction.
   *
   * @throws TraceException TRACE_EDIT if it is too large for one change
   */
  Optional<Change> start(String content) {
    try {
      Optional<Change> change = document.transact(tx -> tx.text(Copies.TEXT).insert(0, content));
      if (index != null) {
        index.insert(0, content);
      }
      return change;
    } catch (EditException refused) {
      throw TraceException.refused("startContent", refused);
    }
  }

  /** Takes in changes of others, all of which can be applied at once. */
  void merge(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    ApplyReport report = document.apply(changes);
    if (!report.isComplete()) {
      throw new IllegalStateException("changes in causal order were not applied: " + report);
    }
  }

  /**
   * Makes a patch a transaction of its own.
   *
   * @throws TraceException TRACE_EDIT if it can't be made
   */
  void edit(Keystrokes keystrokes, int patch) {
    try {
      document.transact(
          tx ->
              splice(
                  tx.text(Copies.TEXT),
                  keystrokes.position(patch),
                  keystrokes.deleted(patch),
                  keystrokes.inserted(patch),
                  keystrokes.transaction(patch),
                  keystrokes.number(patch)));
    } catch (EditException refused) {
      throw TraceException.refused("transaction " + keystrokes.transaction(patch), refused);
    }
  }

  /**
   * Makes patches as one transaction.
   *
   * @param transaction index of the trace's transaction they are from
   * @return the change, or empty if the patches edit nothing
   * @throws TraceException TRACE_EDIT if a patch can't be made
   */
  Optional<Change> edit(int transaction, List<Patch> patches) {
    try {
      return document.transact(
          tx -> {
            TextEditor text = tx.text(Copies.TEXT);
            for (int i = 0; i < patches.size(); i++) {
              Patch patch = patches.get(i);
              splice(text, patch.position(), patch.deleted(), patch.inserted(), transaction, i);
            }
          });
    } catch (EditException refused) {
      throw TraceException.refused("transaction " + transaction, refused);
    }
  }

  private void splice(
      TextEditor text, int position, int deleted, String inserted, int transaction, int number) {
    boolean edits = deleted > 0 || !inserted.isEmpty();
    if (index != null || !edits) {
      requireInside(text, position, deleted, transaction, number);
    }
    int start = position;
    int end = start + deleted;
    if (index != null) {
      start = index.toUtf16(start);
      end = index.toUtf16(end);
      index.delete(start, end - start);
      index.insert(start, inserted);
    }
    try {
      if (deleted > 0) {
        text.delete(start, end - start);
      }
      if (!inserted.isEmpty()) {
        text.insert(start, inserted);
      }
    } catch (EditException refused) {
      // Asked only now: a look at the length before each keystroke would be measured.
      requireInside(text, position, deleted, transaction, number);
      throw refused;
    }
  }

  private void requireInside(
      TextEditor text, int position, int deleted, int transaction, int number) {
    int length = index == null ? text.length() : index.codePoints();
    if (position > length || deleted > length - position) {
      throw outside(position, deleted, length, transaction, number);
    }
  }

  private static TraceException outside(
      int position, int deleted, int length, int transaction, int number) {
    String deletes = deleted == 0 ? "" : " and deletes " + deleted;
    return TraceException.edit(
        transaction,
        number,
        "it edits at position "
            + position
            + deletes
            + ", but the text its author saw has "
            + length
            + " code points");
  }

  private static void follow(DocumentEvent event, CodePointIndex index) {
    if (event.origin() == DocumentEvent.Origin.LOCAL) {
      return;
    }
    for (ContainerPatch patch : event.patches()) {
      if (patch.patch() instanceof TextDelta delta) {
        follow(delta, index);
      }
    }
  }

  private static void follow(TextDelta delta, CodePointIndex index) {
    int offset = 0;
    for (DeltaStep<String> step : delta.steps()) {
      if (step instanceof DeltaStep.Retain<String> retain) {
        offset += retain.count();
      } else if (step instanceof DeltaStep.Insert<String> insert) {
        index.insert(offset, insert.piece());
        offset += insert.piece().length();
      } else if (step instanceof DeltaStep.Delete<String> delete) {
        index.delete(offset, delete.count());
      }
    }
  }
}
