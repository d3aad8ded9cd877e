package dev.plait.properties.socket;

import dev.plait.properties.transport.Ends;
import dev.plait.properties.transport.TransportContract;

class SocketTransportTest extends TransportContract {

  @Override
  protected Ends start() {
    return new SocketEnds();
  }
}
