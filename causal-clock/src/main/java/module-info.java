/** Time and causality: who made what, in which order, and what each replica has seen. */
module dev.plait.clock {
  requires static transitive org.jspecify;

  exports dev.plait.clock;
  exports dev.plait.error;
}
