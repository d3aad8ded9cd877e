package dev.plait.properties.replica;

import dev.plait.change.Change;
import dev.plait.document.Document;
import dev.plait.document.DocumentException;
import dev.plait.document.Subscription;
import dev.plait.error.PlaitException;
import dev.plait.replica.ConnectOptions;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One thread's visit to a replica: does this and that until it is refused. */
final class Visitor implements Runnable {
  /** Some steps succeed without a store; who was refused so often has seen the end. */
  private static final int REFUSALS = 5;

  private static final int MOST_STEPS = 200_000;

  private final Round round;
  private final Replica replica;
  private final String name;
  private final Random random;
  private final List<Acknowledged> acknowledged = new ArrayList<>();
  private final List<Subscription> subscriptions = new ArrayList<>();
  private @Nullable Connection connection;
  private int written;
  private int refusals;

  Visitor(Round round, int number) {
    this.round = round;
    this.replica = round.replica();
    this.name = "v" + number;
    this.random = new Random(31L * round.seed() + number);
  }

  /** What it was told is kept; to be asked for when it has ended. */
  List<Acknowledged> acknowledged() {
    return acknowledged;
  }

  @Override
  public void run() {
    for (int steps = 0; refusals < REFUSALS; steps++) {
      if (steps > MOST_STEPS) {
        throw new AssertionError(name + " was never refused");
      }
      try {
        round.countStep();
        step(random.nextInt(100));
      } catch (PlaitException refused) {
        if (round.isOver(refused.code())) {
          refusals++;
        } else if (!refused.code().equals(DocumentException.HISTORY_COMPACTED)) {
          throw new AssertionError(name + " was refused before the end", refused);
        }
      }
    }
    round.checkRefusals();
  }

  private void step(int kind) {
    if (kind < 40) {
      write(anyKept());
    } else if (kind < 60) {
      read(replica.document(anyKept()));
    } else if (kind < 66) {
      writeAsPeer();
    } else if (kind < 72) {
      listen();
    } else if (kind < 76) {
      keepSmaller(random.nextInt(5) == 0 ? Round.SCRATCH : anyKept());
    } else if (kind < 80) {
      write(Round.SCRATCH);
    } else if (kind < 82) {
      replica.forget(Round.SCRATCH);
    } else if (kind < 88) {
      connectOrLeave();
    } else if (kind < 94) {
      show();
    } else {
      ask();
    }
  }

  private String anyKept() {
    return Round.KEPT.get(random.nextInt(Round.KEPT.size()));
  }

  private void write(String document) {
    String label = name + "-" + ++written;
    Change change =
        replica.document(document).transact(tx -> Ledger.enter(tx, label)).orElseThrow();
    if (!document.equals(Round.SCRATCH)) {
      acknowledged.add(new Acknowledged(document, label, change.dot()));
    }
  }

  private void read(Document document) {
    acknowledged.stream()
        .filter(one -> one.document().equals(document.name()))
        .skip(random.nextInt(1 + acknowledged.size()))
        .findFirst()
        .ifPresent(one -> Ledger.checkHas(document, one));
    if (document.transact(Ledger::check).isPresent()) {
      throw new AssertionError("a transaction that only reads made a change");
    }
    document.changesSince(document.versionVector());
    if (random.nextBoolean()) {
      document.unload();
    }
  }

  /** A change of somebody else, handed over rather than synced. */
  private void writeAsPeer() {
    String document = anyKept();
    Document theirs = round.peer().document(document);
    String label = "peer-of-" + name + "-" + ++written;
    theirs.transact(tx -> Ledger.enter(tx, label));
    Document ours = replica.document(document);
    ours.apply(theirs.changesSince(ours.versionVector()));
  }

  private void listen() {
    if (subscriptions.size() < 3) {
      subscriptions.add(replica.document(anyKept()).listen(round::tell));
    } else {
      subscriptions.remove(0).close();
    }
  }

  private void keepSmaller(String document) {
    if (random.nextBoolean()) {
      replica.compact(document);
    } else {
      replica.mergeChunks(document);
    }
  }

  private void connectOrLeave() {
    if (connection == null) {
      connection = replica.connect(round.line(), ConnectOptions.defaults().withBackoff(1, 4));
      connection.onStatus(round::tell);
    } else {
      connection.close();
      connection = null;
    }
  }

  private void show() {
    if (random.nextBoolean()) {
      replica.presence().set(anyKept(), new byte[] {(byte) written});
    } else {
      replica.presence().clear(anyKept());
    }
    replica.presence().of(anyKept());
    if (subscriptions.size() < 3) {
      subscriptions.add(replica.presence().listen((document, who, data) -> round.tell(who)));
    }
  }

  private void ask() {
    replica.isInSync();
    replica.statistics();
    replica.clock().peek();
    for (Connection one : replica.connections()) {
      one.status();
      one.state();
      one.isInSync();
    }
    if (!round.hasEverything(replica.documents(), acknowledged)) {
      throw new AssertionError("a document that was written is not listed");
    }
  }
}
