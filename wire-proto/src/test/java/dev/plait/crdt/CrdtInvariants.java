package dev.plait.crdt;

/** Opens what data types check about themselves to the tests of other packages. */
public final class CrdtInvariants {
  private CrdtInvariants() {}

  /** Fails if the structures inside contradict each other. */
  public static void check(Crdt crdt) {
    if (crdt instanceof Text text) {
      text.checkInvariants();
    } else if (crdt instanceof List list) {
      list.checkInvariants();
    } else if (crdt instanceof LwwMap map) {
      map.checkInvariants();
    } else if (crdt instanceof AddWinsSet set) {
      set.checkInvariants();
    } else if (crdt instanceof Counter counter) {
      counter.checkInvariants();
    } else if (crdt instanceof LwwRegister register) {
      register.checkInvariants();
    } else if (crdt instanceof MvRegister register) {
      register.checkInvariants();
    } else {
      throw new AssertionError("nothing is known of " + crdt.getClass());
    }
  }
}
