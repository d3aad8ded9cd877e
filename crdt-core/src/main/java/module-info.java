/** Replicated data types, documents, sync sessions and the ports to storage and network. */
module dev.plait.core {
  requires static org.jspecify;
  requires transitive dev.plait.clock;
  requires org.eclipse.collections.api;
  requires org.eclipse.collections.impl;

  exports dev.plait.crdt;
  exports dev.plait.value;
}
