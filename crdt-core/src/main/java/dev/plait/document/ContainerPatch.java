package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.crdt.Patch;

/** What happened to one container: applied to its value before, the patch gives the value after. */
public record ContainerPatch(ContainerId container, Patch patch) {}
