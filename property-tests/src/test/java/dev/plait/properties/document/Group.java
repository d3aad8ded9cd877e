package dev.plait.properties.document;

import dev.plait.change.Change;
import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.document.ApplyReport;
import dev.plait.document.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Several documents of one name that exchange changes and snapshots as bytes. */
final class Group {
  private static final long START = 1_800_000_000_000L;

  /** Bytes on their way, and the changes in them. */
  private static final class Packet {
    private final byte[] bytes;
    private final List<Change> changes;

    Packet(byte[] bytes, List<Change> changes) {
      this.bytes = bytes;
      this.changes = changes;
    }
  }

  /** What a replica did; only put into words when somebody reads it. */
  private record Line(int replica, String verb, Object object) {
    @Override
    public String toString() {
      return "replica " + replica + " " + verb + " " + object;
    }
  }

  /** Thrown by a transaction that is to fail. */
  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final AtomicLong wall = new AtomicLong(START);
  private final List<Member> members = new ArrayList<>();
  private final List<Change> made = new ArrayList<>();
  private final List<Packet> packets = new ArrayList<>();
  private final List<String> leftBehind = new ArrayList<>();
  private final List<String> unequalCopies = new ArrayList<>();
  private final List<String> miscounted = new ArrayList<>();
  private final List<Line> log = new ArrayList<>();

  private Group(int documents) {
    for (int i = 0; i < documents; i++) {
      members.add(new Member(i, wall));
    }
  }

  /** Plays the history. */
  static Group of(DocumentHistory history) {
    Group group = new Group(history.documents());
    history.steps().forEach(group::take);
    return group;
  }

  /** A new, empty document of a replica that is not in the group. */
  Document fresh() {
    return Member.builder(ReplicaId.of(9, 9), Member.clock(0, wall)).build();
  }

  List<Member> members() {
    return members;
  }

  /** All changes that were ever made, whether their authors still keep them or not. */
  List<Change> made() {
    return made;
  }

  /** Transactions that threw and yet changed something. */
  List<String> leftBehind() {
    return leftBehind;
  }

  /** Forks and reopened documents that differ from their originals. */
  List<String> unequalCopies() {
    return unequalCopies;
  }

  /** Imports whose report did not tell the fate of each change once. */
  List<String> miscounted() {
    return miscounted;
  }

  /** Everybody hears everything. */
  void meet() {
    for (int round = 0; round < 2; round++) {
      for (Member to : members) {
        for (Member from : members) {
          exchange(from, to);
        }
      }
    }
  }

  private void exchange(Member from, Member to) {
    if (holdsSince(from, to.document().versionVector())) {
      unpack(pack(from, to.document().versionVector()), to);
    } else {
      join(from, to);
    }
  }

  private void take(DocumentStep step) {
    if (step instanceof DocumentStep.Transact transact) {
      transact(member(transact.document()), transact);
    } else if (step instanceof DocumentStep.Abort abort) {
      abort(member(abort.document()), abort);
    } else if (step instanceof DocumentStep.Pack pack) {
      VersionVector since =
          pack.everything() ? VersionVector.empty() : member(pack.to()).document().versionVector();
      if (holdsSince(member(pack.from()), since)) {
        packets.add(pack(member(pack.from()), since));
      }
    } else if (step instanceof DocumentStep.Unpack unpack) {
      if (!packets.isEmpty()) {
        unpack(packets.get(unpack.packet() % packets.size()), member(unpack.to()));
      }
    } else if (step instanceof DocumentStep.Scatter scatter) {
      scatter(member(scatter.from()), member(scatter.to()), scatter.which());
    } else if (step instanceof DocumentStep.Join join) {
      join(member(join.from()), member(join.to()));
    } else if (step instanceof DocumentStep.Fork fork) {
      fork(member(fork.document()));
    } else if (step instanceof DocumentStep.Reopen reopen) {
      reopen(member(reopen.document()));
    } else if (step instanceof DocumentStep.Compact compact) {
      compact(member(compact.document()));
    } else if (step instanceof DocumentStep.Tick tick) {
      wall.addAndGet(tick.millis());
    }
  }

  private void transact(Member member, DocumentStep.Transact step) {
    member
        .document()
        .transact(transaction -> Edits.make(transaction, step.edits()))
        .ifPresent(change -> made(member, change));
  }

  private void made(Member member, Change change) {
    made.add(change);
    note(member, "makes", change);
  }

  private void abort(Member member, DocumentStep.Abort step) {
    Face before = Face.of(member.document());
    boolean thrown = false;
    try {
      member
          .document()
          .transact(
              transaction -> {
                Edits.make(transaction, step.edits());
                throw new Abandoned();
              });
    } catch (Abandoned expected) {
      thrown = true;
    }
    note(member, "abandons", step.edits());
    Face after = Face.of(member.document());
    if (!thrown || !after.equals(before)) {
      leftBehind.add(before + " became " + after);
    }
  }

  private static boolean holdsSince(Member from, VersionVector since) {
    return since.dominates(from.document().historyFloor());
  }

  private static Packet pack(Member from, VersionVector since) {
    return new Packet(from.document().changesSince(since), from.document().changes(since));
  }

  private void unpack(Packet packet, Member to) {
    imports(to, packet.changes, () -> to.document().apply(packet.bytes));
  }

  private void scatter(Member from, Member to, List<Integer> which) {
    List<Change> held = from.document().changes(from.document().historyFloor());
    if (!held.isEmpty()) {
      List<Change> some = which.stream().map(index -> held.get(index % held.size())).toList();
      imports(to, some, () -> to.document().apply(some));
    }
  }

  private void imports(Member to, List<Change> changes, Supplier<ApplyReport> action) {
    List<Dot> dots = changes.stream().map(Change::dot).toList();
    Accounting accounting = new Accounting(to.document(), dots);
    ApplyReport report = action.get();
    note(to, "gets", dots);
    miscounted.addAll(accounting.problemsOf(report));
  }

  private void join(Member from, Member to) {
    byte[] snapshot = from.document().encodedSnapshot();
    note(to, "joins", "replica " + from.number());
    to.document().join(snapshot);
  }

  private void fork(Member origin) {
    if (members.size() < Member.MOST) {
      Member fork = origin.fork(members.size(), wall);
      members.add(fork);
      note(origin, "is forked for", "replica " + fork.number());
      compare(origin.document(), fork.document());
    }
  }

  private void reopen(Member member) {
    Face before = Face.of(member.document());
    member.reopen();
    note(member, "is opened from", "its snapshot");
    compare(before, member.document());
  }

  private void compact(Member member) {
    Face before = Face.of(member.document());
    if (member.document().compact()) {
      note(member, "gives up", "its history");
    }
    compare(before, member.document());
  }

  private void compare(Document origin, Document copy) {
    compare(Face.of(origin), copy);
  }

  private void compare(Face expected, Document copy) {
    Face found = Face.of(copy);
    if (!expected.equals(found)) {
      unequalCopies.add(expected + " became " + found);
    }
  }

  private Member member(int number) {
    return members.get(number % members.size());
  }

  private void note(Member member, String verb, Object object) {
    log.add(new Line(member.number(), verb, object));
  }

  /** The log, a line for each step that did something. */
  @Override
  public String toString() {
    return log.stream().map(line -> "\n  " + line).collect(Collectors.joining("", "", "\n"));
  }
}
