package dev.plait.transport;

import dev.plait.schedule.Scheduler;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A network inside one process, with as much trouble on the line as a test or a demo needs.
 *
 * <p>Ends have names. {@code transport("a", "b")} is what "a" uses to reach "b"; a link that "a"
 * opens and one that "b" opens towards "a" are the two ends of one connection, whichever comes
 * first; frames offered before the other end is there wait for it. Each pair has at most one
 * connection at a time. When a link closes at one end, the other hears of it as it hears of frames,
 * and both may open again.
 *
 * <p>What can go wrong is said per direction, and can be changed at any time:
 *
 * <ul>
 *   <li>{@link Conditions}: delay, loss, duplication, frames that are late and get overtaken, and
 *       the room for frames on their way;
 *   <li>{@link #silence}: a black hole; frames are taken and vanish, links stay open, and nobody is
 *       told, not even of a close, until the silence is over;
 *   <li>{@link #cut}: a pulled plug; links close and none can be opened.
 * </ul>
 *
 * <p>All chance comes from the generator and all time from the scheduler, so over {@link
 * dev.plait.schedule.VirtualTime} a seed decides everything. Not safe for use by several threads:
 * use it, its transports and their links on the thread on which the scheduler runs its tasks, or
 * while it runs none.
 */
public final class InMemoryNetwork {

  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final Map<Direction, Route> routes = new HashMap<>();
  private Conditions usual = Conditions.PERFECT;

  /**
   * A network without trouble.
   *
   * @param scheduler where frames travel and receivers are called; its tasks run one at a time
   * @param random decides delays and faults
   */
  public InMemoryNetwork(Scheduler scheduler, RandomGenerator random) {
    this.scheduler = scheduler;
    this.random = random;
  }

  /**
   * What {@code from} uses to reach {@code to}. Opening a link throws a {@link TransportException}
   * UNREACHABLE while the two are cut apart, ALREADY_OPEN while the one before is open.
   */
  public Transport transport(String from, String to) {
    return receiver -> open(from, to, receiver);
  }

  private Link open(String from, String to, Receiver receiver) {
    Route out = route(from, to);
    Route back = route(to, from);
    if (out.isCut()) {
      throw new TransportException(
          TransportException.UNREACHABLE, from + " and " + to + " are cut apart; try again later");
    }
    if (out.openLink() != null) {
      throw new TransportException(
          TransportException.ALREADY_OPEN,
          from + " has an open link to " + to + "; only one at a time is allowed");
    }
    InMemoryLink link = new InMemoryLink(scheduler, random, out, receiver);
    out.lead(link);
    InMemoryLink other = back.openLink();
    if (other != null && !other.hasPeer()) {
      link.join(other);
    }
    return link;
  }

  /** Makes every direction like this, known ones and those to come. */
  public void become(Conditions conditions) {
    usual = conditions;
    routes.values().forEach(route -> route.become(conditions));
  }

  /** Makes one direction like this, for frames offered from now on. */
  public void become(String from, String to, Conditions conditions) {
    route(from, to).become(conditions);
  }

  /** Lets every frame in this one direction vanish, those on their way included. */
  public void silence(String from, String to) {
    route(from, to).silence();
  }

  /**
   * Closes the connection between the two and lets them open no other; what was on its way dies.
   */
  public void cut(String one, String other) {
    String reason = "the network between " + one + " and " + other + " was cut";
    route(one, other).cut(reason);
    route(other, one).cut(reason);
  }

  /** Ends every silence and cut between the two. */
  public void heal(String one, String other) {
    route(one, other).heal();
    route(other, one).heal();
  }

  private Route route(String from, String to) {
    return routes.computeIfAbsent(new Direction(from, to), key -> new Route(usual));
  }

  private record Direction(String from, String to) {}
}
