package dev.plait.properties.simulation;

import dev.plait.change.Change;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.document.Document;
import dev.plait.document.DocumentEvent;
import dev.plait.properties.document.Shadow;
import dev.plait.value.LongValue;
import dev.plait.value.Value;
import java.util.HashMap;
import java.util.Map;

/** Somebody at a machine who listens to one document, and finds out when something is not right. */
final class Watch {
  private final World world;
  private final Machine machine;
  private final Document document;
  private final Shadow shadow;
  private final Held.OfDocument held;
  private final Map<ReplicaId, Long> told = new HashMap<>();

  /** Told of by a join that came before: up to these, single changes may be told of once more. */
  private final Map<ReplicaId, Long> joined = new HashMap<>();

  private long changesOfOthers;
  private boolean sawJoin;

  Watch(World world, Machine machine, Document document) {
    this.world = world;
    this.machine = machine;
    this.document = document;
    this.held = machine.held().of(document.name());
    this.shadow = Shadow.startingFrom(document);
    document.versionVector().dots().forEach(this::tell);
    document.listen(this::onEvent);
  }

  Document document() {
    return document;
  }

  Shadow shadow() {
    return shadow;
  }

  /** How many changes of others were told of, one by one. */
  long changesOfOthers() {
    return changesOfOthers;
  }

  /** Whether no state was joined, so that all changes were told of one by one. */
  boolean seesSingleChanges() {
    return !sawJoin && !isBranched();
  }

  private void onEvent(DocumentEvent event) {
    shadow.onEvent(event);
    Dot change = event.change();
    if (change == null) {
      sawJoin = true;
      document.versionVector().dots().forEach(this::join);
    } else {
      world.trace().mix(change.counter());
      world.trace().mix(change.replica().low());
      onChange(change, event.origin());
    }
    if (change == null || event.patches().stream().anyMatch(Writing::concernsTwin)) {
      if (!Writing.isWhole(document)) {
        problem("atomic", "half a transaction is visible after " + event);
      }
      watchTwin();
    }
  }

  private void onChange(Dot change, DocumentEvent.Origin origin) {
    if (origin == DocumentEvent.Origin.REMOTE) {
      changesOfOthers++;
      checkOrigin(change);
    }
    long last = told.getOrDefault(change.replica(), 0L);
    long covered = joined.getOrDefault(change.replica(), 0L);
    boolean again = change.counter() <= last && change.counter() > covered;
    boolean tooEarly = change.counter() > last + 1;
    if ((again || tooEarly) && !isBranched()) {
      problem("exactly once", "told of " + change + " after " + last);
    }
    tell(change);
    if (!document.versionVector().contains(change) && !isBranched()) {
      problem("committed first", "told of " + change + ", which is not in the document");
    }
    if (!change.replica().equals(machine.branch())) {
      held.advance(change);
    }
  }

  private void checkOrigin(Dot dot) {
    Change change = world.origins().get(document.name(), dot);
    if (change == null) {
      if (!isBranched()) {
        problem("origin", "nobody made " + dot);
      }
      return;
    }
    world.countDelivery(change);
    for (Dot dependency : change.dependencies()) {
      if (told.getOrDefault(dependency.replica(), 0L) < dependency.counter() && !isBranched()) {
        problem("causal order", "told of " + dot + " before " + dependency);
      }
    }
  }

  private void tell(Dot dot) {
    told.merge(dot.replica(), dot.counter(), Math::max);
  }

  private void join(Dot dot) {
    for (long counter = told.getOrDefault(dot.replica(), 0L); counter < dot.counter(); counter++) {
      Change change = world.origins().get(document.name(), new Dot(dot.replica(), counter + 1));
      if (change != null) {
        world.countDelivery(change);
      }
    }
    tell(dot);
    joined.merge(dot.replica(), dot.counter(), Math::max);
    if (!dot.replica().equals(machine.branch()) && !isBranched()) {
      held.advance(dot);
    }
  }

  /** Who has read a value never reads one again that it has beaten. */
  private void watchTwin() {
    Value shown = document.register(Writing.LEFT).get();
    if (shown instanceof LongValue number) {
      Stamp stamp = world.origins().twin(number.value());
      Stamp last = held.lastTwin();
      if (stamp != null) {
        if (last != null && stamp.compareTo(last) < 0 && !isBranched()) {
          problem("monotonic reads", "a reader saw " + last + ", then " + stamp);
        }
        held.setLastTwin(stamp);
      }
    } else if (held.lastTwin() != null && !isBranched()) {
      problem("monotonic reads", "a reader saw " + held.lastTwin() + ", then nothing");
    }
  }

  private boolean isBranched() {
    return world.origins().isBranched(document.name());
  }

  private void problem(String checker, String what) {
    world.problem(checker, machine + ", \"" + document.name() + "\": " + what);
  }
}
