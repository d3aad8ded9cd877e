package dev.plait.properties.transport;

import dev.plait.replica.Replica;
import dev.plait.replica.ReplicaBuilder;
import dev.plait.schedule.VirtualTime;
import dev.plait.transport.Conditions;
import dev.plait.transport.InMemoryNetwork;
import dev.plait.transport.Transport;
import java.util.Random;

/** Two ends of a network in memory, in time that stands still until the test lets it pass. */
final class InMemoryEnds implements Ends {

  private static final long START = 1_800_000_000_000L;
  private static final long STEP_MILLIS = 100;

  private final VirtualTime time = VirtualTime.startingAt(START);
  private final InMemoryNetwork network = new InMemoryNetwork(time, new Random(7));
  private final boolean reliable;
  private int seed;

  InMemoryEnds(Conditions conditions, boolean reliable) {
    this.reliable = reliable;
    network.become(conditions);
    network.cut("a", "nobody");
  }

  @Override
  public Transport dialler() {
    return network.transport("a", "b");
  }

  @Override
  public Transport nextCall() {
    return network.transport("b", "a");
  }

  @Override
  public Transport diallerToNobody() {
    return network.transport("a", "nobody");
  }

  @Override
  public boolean isReliable() {
    return reliable;
  }

  @Override
  public boolean isSimulated() {
    return true;
  }

  @Override
  public void passTime() {
    time.advance(STEP_MILLIS);
  }

  @Override
  public ReplicaBuilder replica() {
    return Replica.builder().scheduler(time).time(time).random(new Random(++seed));
  }

  @Override
  public void close() {
    time.advance(STEP_MILLIS);
  }
}
