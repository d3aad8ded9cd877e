package dev.plait.transport.grpc;

import dev.plait.properties.transport.Ends;
import dev.plait.properties.transport.TransportContract;

class GrpcMutualTlsTransportTest extends TransportContract {

  @Override
  protected Ends start() {
    Papers papers = Papers.SERVER;
    Papers caller = Papers.ALICE;
    return new GrpcEnds(
        server ->
            server
                .tls(papers.certificate(), papers.key())
                .requireClientCertificates(caller.certificate()),
        client ->
            client.tls(papers.certificate()).clientCertificate(caller.certificate(), caller.key()));
  }
}
