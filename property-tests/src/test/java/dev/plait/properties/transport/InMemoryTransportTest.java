package dev.plait.properties.transport;

import dev.plait.transport.Conditions;

class InMemoryTransportTest extends TransportContract {

  @Override
  protected Ends start() {
    return new InMemoryEnds(Conditions.PERFECT.withDelay(1, 30), true);
  }
}
