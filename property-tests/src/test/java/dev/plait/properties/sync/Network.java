package dev.plait.properties.sync;

import dev.plait.document.Document;
import dev.plait.properties.document.Edits;
import dev.plait.properties.document.Face;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import dev.plait.schedule.VirtualTime;
import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.transport.Conditions;
import dev.plait.transport.InMemoryNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Several replicas, their disks and the lines between them, in virtual time. */
final class Network {
  private static final long START = 1_800_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final long PATIENCE = 3_000;
  private static final List<String> DOCUMENTS = List.of("board", "notes/1");

  /** A replica and what outlives it. */
  private final class Site {
    private final int number;
    private InMemoryDisk disk = new InMemoryDisk();
    private Replica replica;

    Site(int number) {
      this.number = number;
      this.replica = start(number, disk);
    }

    String name() {
      return "site " + number;
    }
  }

  /** Two sites and the connection between them, as each of them sees it. */
  private static final class Line {
    private final Site one;
    private final Site other;
    private final List<Connection> ends = new ArrayList<>();

    Line(Site one, Site other) {
      this.one = one;
      this.other = other;
    }

    boolean joins(Site site) {
      return one == site || other == site;
    }

    boolean isOpen() {
      return !ends.isEmpty() && ends.stream().allMatch(Connection::isOpen);
    }

    boolean isInSync() {
      return !ends.isEmpty() && ends.stream().allMatch(Connection::isInSync);
    }
  }

  private final VirtualTime time = VirtualTime.startingAt(START);
  private final Random random;
  private final InMemoryNetwork network;
  private final List<Site> sites = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  /**
   * A network of sites that are all connected, in a chain or in a ring.
   *
   * @param seed decides all chance
   */
  Network(int replicas, boolean ring, long seed) {
    random = new Random(seed);
    network = new InMemoryNetwork(time, new Random(seed + 1));
    for (int i = 0; i < replicas; i++) {
      sites.add(new Site(i));
    }
    for (int i = 1; i < replicas; i++) {
      lines.add(new Line(sites.get(i - 1), sites.get(i)));
    }
    if (ring && replicas > 2) {
      lines.add(new Line(sites.get(replicas - 1), sites.get(0)));
    }
    lines.forEach(this::connect);
  }

  /** Lets it happen. */
  void take(SyncStep step) {
    log.add(step.toString());
    if (step instanceof SyncStep.Transact transact) {
      document(transact.replica(), transact.document())
          .transact(transaction -> Edits.make(transaction, transact.edits()));
    } else if (step instanceof SyncStep.Join join) {
      byte[] snapshot = document(join.from(), join.document()).encodedSnapshot();
      document(join.to(), join.document()).join(snapshot);
    } else if (step instanceof SyncStep.Advance advance) {
      time.advance(advance.millis());
    } else if (step instanceof SyncStep.Weather weather) {
      network.become(like(weather.percent() / 100.0));
    } else if (step instanceof SyncStep.Cut cut) {
      cut(lines.get(cut.pair() % lines.size()));
    } else if (step instanceof SyncStep.Heal heal) {
      heal(lines.get(heal.pair() % lines.size()));
    } else if (step instanceof SyncStep.Crash crash) {
      crash(sites.get(crash.replica() % sites.size()));
    }
  }

  /**
   * Ends all trouble and gives the replicas up to two hours.
   *
   * @return whether all of them then say that they are in sync
   */
  boolean settle() {
    network.become(Conditions.PERFECT);
    lines.forEach(this::heal);
    for (long end = time.millis() + 120 * MINUTE; time.millis() < end; ) {
      time.advance(PATIENCE);
      if (lines.stream().allMatch(Line::isInSync)) {
        return true;
      }
      lines.forEach(this::heal);
    }
    return false;
  }

  /** What each replica holds, document by document; only what was ever changed. */
  List<Map<String, Face>> faces() {
    List<Map<String, Face>> faces = new ArrayList<>();
    for (Site site : sites) {
      Map<String, Face> documents = new TreeMap<>();
      for (String name : site.replica.documents()) {
        documents.put(name, Face.of(site.replica.document(name)));
      }
      faces.add(documents);
    }
    return faces;
  }

  /** Replicas that held something else after a crash than before. */
  List<String> lost() {
    return lost;
  }

  private Replica start(int number, InMemoryDisk disk) {
    long skew = 1000L * number * number;
    return Replica.builder()
        .store(InMemoryStore.open(disk))
        .scheduler(time)
        .time(() -> time.millis() - skew)
        .random(random)
        .idleMillis(MINUTE)
        .build();
  }

  private Document document(int site, int document) {
    return sites
        .get(site % sites.size())
        .replica
        .document(DOCUMENTS.get(document % DOCUMENTS.size()));
  }

  private void connect(Line line) {
    String one = line.one.name();
    String other = line.other.name();
    line.ends.clear();
    line.ends.add(line.one.replica.accept(network.transport(one, other)));
    line.ends.add(line.other.replica.accept(network.transport(other, one)));
  }

  private void cut(Line line) {
    network.cut(line.one.name(), line.other.name());
    time.advance(0);
  }

  private void heal(Line line) {
    if (!line.isOpen()) {
      cut(line);
      network.heal(line.one.name(), line.other.name());
      connect(line);
    }
  }

  private void crash(Site site) {
    for (Line line : lines) {
      if (line.joins(site)) {
        cut(line);
      }
    }
    Map<String, Face> before = faces().get(site.number);
    site.disk = site.disk.copy();
    site.replica = start(site.number, site.disk);
    Map<String, Face> after = faces().get(site.number);
    if (!after.equals(before)) {
      lost.add(site.name() + " held " + before + ", then " + after);
    }
  }

  private static Conditions like(double trouble) {
    return Conditions.PERFECT
        .withDelay(1, 1 + (long) (1000 * trouble))
        .withLoss(trouble)
        .withDuplication(trouble)
        .withLateness(trouble);
  }

  /** What happened, a line for each step. */
  @Override
  public String toString() {
    return log.stream().map(line -> "\n  " + line).collect(Collectors.joining("", "", "\n"));
  }
}
