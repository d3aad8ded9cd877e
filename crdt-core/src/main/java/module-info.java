/** Replicated data types, documents, sync sessions and the ports to storage and network. */
@SuppressWarnings("requires-automatic") // The diff library has a name, but no descriptor.
module dev.plait.core {
  requires static transitive org.jspecify;
  requires transitive dev.plait.clock;
  requires io.github.javadiffutils;
  requires org.eclipse.collections.api;
  requires org.eclipse.collections.impl;

  exports dev.plait.canonical;
  exports dev.plait.change;
  exports dev.plait.codec;
  exports dev.plait.crdt;
  exports dev.plait.document;
  exports dev.plait.message;
  exports dev.plait.replica;
  exports dev.plait.schedule;
  exports dev.plait.sequence;
  exports dev.plait.store;
  exports dev.plait.store.encrypted;
  exports dev.plait.sync;
  exports dev.plait.transport;
  exports dev.plait.value;

  uses dev.plait.codec.Codec;
}
