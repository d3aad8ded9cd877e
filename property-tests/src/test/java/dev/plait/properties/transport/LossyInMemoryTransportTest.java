package dev.plait.properties.transport;

import dev.plait.transport.Conditions;

class LossyInMemoryTransportTest extends TransportContract {

  @Override
  protected Ends start() {
    return new InMemoryEnds(
        Conditions.PERFECT.withDelay(1, 30).withLoss(0.2).withDuplication(0.2).withLateness(0.2),
        false);
  }
}
