package dev.plait.transport.grpc;

import dev.plait.properties.transport.Ends;
import dev.plait.properties.transport.TransportContract;

class GrpcTlsTransportTest extends TransportContract {

  @Override
  protected Ends start() {
    Papers papers = Papers.SERVER;
    return new GrpcEnds(
        server -> server.tls(papers.certificate(), papers.key()),
        client -> client.tls(papers.certificate()));
  }
}
