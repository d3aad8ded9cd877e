/** Time and causality: who made what, in which order, and what each replica has seen. */
module dev.plait.clock {
  requires static transitive org.jspecify;
  requires org.eclipse.collections.api;
  requires org.eclipse.collections.impl;

  exports dev.plait.clock;
  exports dev.plait.error;
}
