package dev.plait.transport.grpc;

import dev.plait.properties.transport.Ends;
import dev.plait.properties.transport.TransportContract;
import java.util.function.UnaryOperator;

class GrpcTransportTest extends TransportContract {

  @Override
  protected Ends start() {
    return new GrpcEnds(UnaryOperator.identity(), UnaryOperator.identity());
  }
}
