package dev.plait.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.canonical.CanonicalHash;
import dev.plait.change.Change;
import dev.plait.change.ChangeColumns;
import dev.plait.change.ContainerId;
import dev.plait.change.ContainerOperation;
import dev.plait.clock.Dot;
import dev.plait.clock.ElementId;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.clock.VersionVector;
import dev.plait.codec.Limits;
import dev.plait.crdt.Operation;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Blocks of changes come to the same end as the same changes one by one. */
final class ImportBlocksTest {
  private static final int ROUNDS = 150;
  private static final ContainerId BODY = ContainerId.root("body", ContainerType.TEXT);

  private static final ContainerId TAGS = ContainerId.root("tags", ContainerType.SET);
  private static final ContainerId MAP = ContainerId.root("map", ContainerType.MAP);

  private final Peers peers = new Peers();

  // ---- histories

  /** Three people at work, who now and then hear from each other. */
  private List<Change> history(Random random, int steps) {
    List<Document> authors = List.of(peers.document(1), peers.document(2), peers.document(3));
    for (int i = 0; i < steps; i++) {
      Document author = authors.get(random.nextInt(3));
      author.transact(transaction -> edit(transaction, random));
      if (random.nextInt(4) == 0) {
        Peers.pull(authors.get(random.nextInt(3)), author);
      }
    }
    Peers.meet(authors.toArray(new Document[0]));
    return Peers.all(authors.get(0));
  }

  private static void edit(Transaction transaction, Random random) {
    int edits = random.nextInt(4) == 0 ? 3 : 1;
    for (int i = 0; i < edits; i++) {
      TextEditor text = transaction.text(random.nextInt(6) == 0 ? "note" : "body");
      switch (random.nextInt(14)) {
        case 0, 8, 9 -> transaction.set("tags").add(Value.of(random.nextInt(3)));
        case 10 -> transaction.set("tags").remove(Value.of(random.nextInt(3)));
        case 11, 12 -> transaction.map("map").put("key" + random.nextInt(3), random.nextInt(9));
        case 13 -> transaction.map("map").remove("key" + random.nextInt(3));
        case 1 -> transaction.map("map").text("child").append("in a map");
        case 2 -> listEdit(transaction.list("list"), random);
        case 3, 4 -> {
          int length = text.length();
          if (length > 0) {
            int from = random.nextInt(length);
            text.delete(from, 1 + random.nextInt(Math.min(4, length - from)));
          }
        }
        default -> text.insert(random.nextInt(text.length() + 1), i == 0 ? "x" : "yz");
      }
    }
  }

  private static void listEdit(ListEditor list, Random random) {
    if (list.size() == 0 || random.nextBoolean()) {
      list.insert(0, ContainerType.TEXT);
    }
    list.text(0).append("in a list");
  }

  // ---- blocks

  /** What is to arrive: runs of consecutive changes, cut at random. */
  private static List<List<Change>> cut(List<Change> changes, Random random) {
    Map<ReplicaId, List<Change>> byAuthor = new LinkedHashMap<>();
    for (Change change : changes) {
      byAuthor.computeIfAbsent(change.replica(), any -> new ArrayList<>()).add(change);
    }
    List<List<Change>> runs = new ArrayList<>();
    for (List<Change> all : byAuthor.values()) {
      int from = 0;
      while (from < all.size()) {
        int to = from + 1 + random.nextInt(all.size() - from);
        runs.add(all.subList(from, to));
        from = to;
      }
    }
    return runs;
  }

  private static ApplyReport importBlocks(Import run, List<List<Change>> runs) {
    List<Block> blocks = new ArrayList<>();
    for (List<Change> changes : runs) {
      // What comes alone is mostly read into columns that are used again.
      Block block = new Block(ChangeColumns.of(changes), changes.size() > 1);
      block.restart();
      blocks.add(block);
    }
    run.start(false, false);
    run.offer(blocks);
    return run.finish();
  }

  private static ApplyReport importSingly(Import run, List<List<Change>> runs) {
    run.start(false, false);
    runs.forEach(changes -> changes.forEach(run::offer));
    return run.finish();
  }

  /** The fate of each change, by its name. */
  private static Map<Dot, String> fates(ApplyReport report) {
    Map<Dot, String> fates = new HashMap<>();
    for (ApplyOutcome outcome : report.outcomes()) {
      for (long i = outcome.changes().first(); i <= outcome.changes().last(); i++) {
        String fate = outcome.getClass().getSimpleName();
        if (outcome instanceof ApplyOutcome.Rejected rejected) {
          fate += rejected.code() + rejected.permanent();
        }
        String last = fates.put(new Dot(outcome.changes().replica(), i), fate);
        // One that had waited may be handed in again beside what sets it free.
        if ("Applied".equals(last) && fate.equals("Duplicate")) {
          fates.put(new Dot(outcome.changes().replica(), i), last);
        } else {
          assertNull(last, "each change is reported once");
        }
      }
    }
    return fates;
  }

  private static long hash(DocumentState state) {
    CanonicalHash out = new CanonicalHash();
    state.writeCanonical(out);
    return out.value();
  }

  private static void assertCausal(DocumentState state, VersionVector since) {
    VersionVector held = since;
    for (Change change : state.history.since(since)) {
      assertEquals(held.get(change.replica()) + 1, change.counter());
      for (Dot dependency : change.dependencies()) {
        assertTrue(held.contains(dependency), "causal order");
      }
      held = held.with(change.dot());
    }
    assertEquals(state.authors.version(), held);
  }

  private final class Pair {
    final DocumentState byBlock = new DocumentState(limits);
    final DocumentState bySingle = new DocumentState(limits);
    final Import blocks = new Import(byBlock, peers.clock());
    final Import singles = new Import(bySingle, peers.clock());

    /** Both take the same; nothing differs afterwards. */
    void take(List<List<Change>> runs) {
      Map<Dot, String> expected = fates(importSingly(singles, runs));
      assertEquals(expected, fates(importBlocks(blocks, runs)));
      assertEquals(hash(bySingle), hash(byBlock));
      assertEquals(bySingle.heads.frontier(), byBlock.heads.frontier());
      assertEquals(bySingle.inbox.size(), byBlock.inbox.size());
      assertEquals(bySingle.inbox.bytes(), byBlock.inbox.bytes());
      assertEquals(bySingle.heldVersion(Peers.id(9)), byBlock.heldVersion(Peers.id(9)));
      assertEquals(bySingle.held.count(null), byBlock.held.count(null));
      assertEquals(bySingle.suspects, byBlock.suspects);
      assertCausal(byBlock, VersionVector.EMPTY);
    }
  }

  private Limits limits = Limits.defaults();

  // ---- tests

  @Test
  void blocksInAnyOrderComeToTheSameEndAsTheirChanges() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      List<List<Change>> runs = cut(history(random, 60), random);
      Collections.shuffle(runs, random);
      Pair pair = new Pair();
      pair.take(runs);
      assertEquals(0, pair.byBlock.inbox.size());
    }
  }

  @Test
  void blocksThatComeInSeveralImportsWaitAndRepeatAsTheirChangesDo() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      List<List<Change>> runs = cut(history(random, 60), random);
      Collections.shuffle(runs, random);
      Pair pair = new Pair();
      for (int i = 0; i < runs.size(); i++) {
        int to = Math.min(runs.size(), i + 1 + random.nextInt(3));
        pair.take(runs.subList(i, to));
      }
      assertEquals(0, pair.byBlock.inbox.size());
    }
  }

  @Test
  void blockThatHoldsAForgeryIsTakenUpToIt() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      List<Change> changes = new ArrayList<>(history(random, 40));
      int at = random.nextInt(changes.size());
      changes.set(at, forge(changes.get(at), random));
      List<List<Change>> runs = cut(changes, random);
      Collections.shuffle(runs, random);
      new Pair().take(runs);
    }
  }

  /** The same name, time and ids, but another deed: of something nobody has made, or will make. */
  private static Change forge(Change change, Random random) {
    long used = change.operations().stream().mapToLong(one -> one.operation().idsUsed()).sum();
    ReplicaId owner = random.nextBoolean() ? change.replica() : Peers.id(1 + random.nextInt(4));
    List<ContainerOperation> operations = new ArrayList<>();
    if (used > 0) {
      operations.add(
          new ContainerOperation(
              BODY,
              new Operation.TextInsert(
                  change.replica(),
                  change.firstSeq(),
                  owner,
                  1 + random.nextInt(300),
                  null,
                  0,
                  "f".repeat((int) used))));
    }
    operations.add(deed(change, owner, random));
    return new Change(
        change.dot(),
        change.dependencies(),
        change.previousTime(),
        change.time(),
        change.firstSeq(),
        operations);
  }

  private static ContainerOperation deed(Change change, ReplicaId owner, Random random) {
    long seq = 1L + random.nextInt(300);
    return switch (random.nextInt(4)) {
      case 0 ->
          new ContainerOperation(TAGS, new Operation.SetRemove(List.of(new ElementId(owner, seq))));
      case 1 ->
          new ContainerOperation(
              TAGS,
              new Operation.SetAdd(
                  new ElementId(change.replica(), change.firstSeq() + random.nextInt(2)),
                  Value.of(1),
                  List.of(new ElementId(owner, seq))));
      case 2 ->
          new ContainerOperation(
              MAP,
              new Operation.MapPut(
                  new Stamp(change.time(), owner, random.nextInt(3)), "key1", Value.of(1)));
      default -> new ContainerOperation(BODY, new Operation.TextDelete(owner, seq, 1));
    };
  }

  @Test
  void whatFindsNoRoomInTheInboxIsHandedBack() {
    limits = Limits.defaults().withPending(10, 1 << 20);
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      List<Change> changes = history(random, 60);
      List<List<Change>> runs = cut(changes.subList(1, changes.size()), random);
      DocumentState state = new DocumentState(limits);
      Import run = new Import(state, peers.clock());
      ApplyReport report = importBlocks(run, runs);
      assertEquals(changes.size() - 1, fates(report).size());
      assertEquals(report.pending(), state.inbox.size());
      assertTrue(state.inbox.size() <= 10);
      runs.add(changes.subList(0, 1));
      ApplyReport second = importBlocks(run, runs);
      assertTrue(second.isComplete(), second::toString);
      assertEquals(
          VersionVector.from(changes.stream().map(Change::dot).toList()), state.authors.version());
    }
  }

  @Test
  void stampTooFarAheadPartsABlock() {
    Document alice = peers.document(1);
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      changes.add(alice.transact(tx -> tx.text("body").append("x")).orElseThrow());
      if (i == 2) {
        peers.wall.addAndGet(3_600_000);
      }
    }
    peers.wall.set(Peers.START);
    Pair pair = new Pair();
    pair.take(List.of(changes));
    assertEquals(3, pair.byBlock.authors.counter(Peers.id(1)));
    assertEquals(3, pair.byBlock.held.count(null));
  }

  @Test
  void blockThatGoesOnFromAnotherChangeThanTheKnownOneIsKeptAside() {
    Document alice = peers.document(1);
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      changes.add(alice.transact(tx -> tx.text("body").append("x")).orElseThrow());
    }
    Change third = changes.get(2);
    Change forged =
        new Change(
            third.dot(),
            third.dependencies(),
            changes.get(0).time(),
            third.time(),
            third.firstSeq(),
            third.operations());
    Pair pair = new Pair();
    pair.take(List.of(changes.subList(0, 2)));
    pair.take(List.of(List.of(forged, changes.get(3))));
    assertEquals(2, pair.byBlock.authors.counter(Peers.id(1)));
    assertEquals(2, pair.byBlock.held.count(HeldReason.Kind.AUTHOR));
    pair.take(List.of(changes));
    assertEquals(2, pair.byBlock.authors.counter(Peers.id(1)));
  }

  @Test
  void halvesOfAPairInTwoOperationsAreRefusedAlsoInOneRow() {
    ReplicaId author = Peers.id(9);
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Operation half =
          new Operation.TextInsert(
              author,
              i + 1,
              i == 0 ? null : author,
              i,
              null,
              0,
              "\uD83D\uDE00".substring(i, i + 1));
      changes.add(
          new Change(
              new Dot(author, i + 1),
              List.of(),
              i == 0 ? HybridTimestamp.ZERO : HybridTimestamp.of(Peers.START, 0),
              HybridTimestamp.of(Peers.START, i),
              i + 1,
              List.of(new ContainerOperation(BODY, half))));
    }
    Pair pair = new Pair();
    pair.take(List.of(changes));
    assertEquals(0, pair.byBlock.authors.counter(author));
  }
}
