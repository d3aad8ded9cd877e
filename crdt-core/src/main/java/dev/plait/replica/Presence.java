package dev.plait.replica;

import dev.plait.clock.ReplicaId;
import dev.plait.document.Subscription;
import dev.plait.replica.PresenceTable.Place;
import dev.plait.replica.PresenceTable.Shown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * What is to be told waits in `outgoing`, the newest value of each place only, and one task on the
 * scheduler at a time tells it: to the links, each under its own lock and no other, and to the
 * listeners. So whoever moves a cursor a hundred times a second sends what the network takes.
 */
/**
 * What replicas show of themselves while they are connected: who is there, where their cursors are.
 *
 * <p>Each replica shows at most one value in each document: a few bytes of its own making. It
 * reaches all replicas that are connected, over others if need be, and want the document; it is
 * never stored. A value lasts until another is shown, it is cleared, or the link it came by ends.
 * It may get lost, when a link does; values that follow each other fast may be skipped; who
 * subscribes to more documents later sees in them what is shown from then on. Whoever is connected
 * may claim to be anybody here: do not decide anything by it.
 *
 * <p>Safe from any thread; no method waits for the network. At most 4,096 values of others are
 * kept; the oldest makes room.
 */
public final class Presence {
  private final Surroundings surroundings;
  private final Consumer<String> check;
  private final Supplier<Collection<Supervisor>> supervisors;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final PresenceTable others = new PresenceTable();
  private final Map<String, byte[]> own = new TreeMap<>();
  private final Map<Place, Shown> outgoing = new LinkedHashMap<>();
  private final List<SessionLink> newcomers = new ArrayList<>();
  private long lastSerial;
  private boolean telling;

  /** Hears what other replicas show. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Called on the replica's scheduler, one call at a time.
     *
     * @param data what is shown now, not to be modified; null if nothing is any more
     */
    void onPresence(String document, ReplicaId replica, byte @Nullable [] data);
  }

  /**
   * @param check refuses names that no document can have
   */
  Presence(
      Surroundings surroundings,
      Consumer<String> check,
      Supplier<Collection<Supervisor>> supervisors) {
    this.surroundings = surroundings;
    this.check = check;
    this.supervisors = supervisors;
  }

  // ---- for those who show and see

  /**
   * Shows something in a document, in place of what was shown before. The document need not exist.
   *
   * @param data at most {@link dev.plait.codec.Limits#maxPresenceBytes()} bytes, copied; if there
   *     are none, nothing is shown any more
   * @throws ReplicaException PRESENCE_TOO_LARGE, REPLICA_CLOSED
   * @throws dev.plait.document.DocumentException INVALID_NAME
   */
  public void set(String document, byte[] data) {
    check.accept(document);
    int most = surroundings.limits().maxPresenceBytes();
    if (data.length > most) {
      throw new ReplicaException(
          ReplicaException.PRESENCE_TOO_LARGE,
          data.length + " bytes are too many to show in a document; allowed are " + most);
    }
    lock.lock();
    try {
      byte[] copy = data.clone();
      if (copy.length > 0) {
        own.put(document, copy);
      } else if (own.remove(document) == null) {
        return;
      }
      show(document, copy);
    } finally {
      lock.unlock();
    }
  }

  /** Shows nothing in a document any more; throws as {@link #set}. */
  public void clear(String document) {
    set(document, new byte[0]);
  }

  /**
   * What all other replicas show in a document. The arrays are not to be modified. Costs time in
   * the number of values that are kept.
   */
  public Map<ReplicaId, byte[]> of(String document) {
    Map<ReplicaId, byte[]> found = new HashMap<>();
    lock.lock();
    try {
      for (Shown one : others.shown()) {
        if (one.place().document().equals(document)) {
          found.put(one.place().origin(), one.data());
        }
      }
    } finally {
      lock.unlock();
    }
    return Map.copyOf(found);
  }

  /**
   * Tells {@code listener} what others show from now on. What it throws goes to the thread's
   * uncaught exception handler.
   *
   * @return what ends the calls
   */
  public Subscription listen(Listener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  // ---- for links

  /** A link brings news. */
  void take(SessionLink link, String document, ReplicaId origin, long serial, byte[] data) {
    if (origin.equals(surroundings.id())) {
      return;
    }
    Shown news = new Shown(new Place(document, origin), serial, data, link);
    lock.lock();
    try {
      boolean direct = origin.equals(link.peer());
      if (others.take(news, direct)) {
        enter(news);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A link can be told. */
  void begin(SessionLink link) {
    lock.lock();
    try {
      newcomers.add(link);
      own.forEach(this::show);
      tellSoon();
    } finally {
      lock.unlock();
    }
  }

  /** A link is over. */
  void end(SessionLink link) {
    lock.lock();
    try {
      newcomers.remove(link);
      others.forget(link).forEach(this::enter);
      own.forEach(this::show);
    } finally {
      lock.unlock();
    }
  }

  private void show(String document, byte[] data) {
    // The wall clock, so that serials grow over a restart.
    lastSerial = Math.max(lastSerial + 1, surroundings.time().millis());
    enter(new Shown(new Place(document, surroundings.id()), lastSerial, data, null));
  }

  private void enter(Shown news) {
    outgoing.put(news.place(), news);
    tellSoon();
  }

  private void tellSoon() {
    if (!telling) {
      telling = true;
      surroundings.scheduler().execute(this::tell);
    }
  }

  // ---- telling

  /** What is to be told, and to whom. */
  private record Round(List<Shown> news, List<SessionLink> newcomers, List<Shown> all) {}

  private void tell() {
    boolean done = false;
    try {
      for (Round round = next(); round != null; round = next()) {
        tell(round);
      }
      done = true;
    } finally {
      if (!done) {
        stopTelling();
      }
    }
  }

  private void stopTelling() {
    lock.lock();
    try {
      telling = false;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Round next() {
    lock.lock();
    try {
      if (outgoing.isEmpty() && newcomers.isEmpty()) {
        telling = false;
        return null;
      }
      Round round =
          new Round(
              List.copyOf(outgoing.values()),
              List.copyOf(newcomers),
              newcomers.isEmpty() ? List.of() : others.shown());
      outgoing.clear();
      newcomers.clear();
      return round;
    } finally {
      lock.unlock();
    }
  }

  private void tell(Round round) {
    round.newcomers().forEach(link -> link.sendPresence(round.all()));
    for (Supervisor supervisor : supervisors.get()) {
      SessionLink link = supervisor.link();
      if (link != null && !round.news().isEmpty()) {
        link.sendPresence(round.news());
      }
    }
    for (Shown one : round.news()) {
      if (!one.place().origin().equals(surroundings.id())) {
        listeners.forEach(listener -> tell(listener, one));
      }
    }
  }

  private static void tell(Listener listener, Shown one) {
    try {
      listener.onPresence(
          one.place().document(), one.place().origin(), one.isNothing() ? null : one.data());
    } catch (RuntimeException thrown) {
      Uncaught.report(thrown);
    }
  }
}
