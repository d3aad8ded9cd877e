/**
 * Sync between machines over gRPC.
 *
 * <p>Use {@link dev.plait.transport.grpc.GrpcTransport} when you call another replica; use {@link
 * dev.plait.transport.grpc.GrpcServer} when others call yours, with an {@link
 * dev.plait.transport.grpc.Authorizer} that says who may do what. Without a network between two
 * replicas, {@link dev.plait.transport.InMemoryNetwork} is enough.
 */
@NullMarked
package dev.plait.transport.grpc;

import org.jspecify.annotations.NullMarked;
