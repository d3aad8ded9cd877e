package dev.plait.change;

import dev.plait.crdt.Operation;

/** One operation and the container it is meant for. */
public record ContainerOperation(ContainerId container, Operation operation) {}
