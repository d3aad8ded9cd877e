package dev.plait.stress;

import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two threads open a store on one disk. */
@JCStressTest
@Outcome(
    id = {"true, false", "false, true"},
    expect = Expect.ACCEPTABLE,
    desc = "one has it")
@Outcome(expect = Expect.FORBIDDEN, desc = "both have it, or nobody")
@State
public class DiskIsTaken {
  private final InMemoryDisk disk = new InMemoryDisk();

  private boolean opens() {
    try {
      InMemoryStore.open(disk).clock();
      return true;
    } catch (StoreException.Locked taken) {
      return false;
    }
  }

  /** Opens it. */
  @Actor
  public void one(ZZ_Result result) {
    result.r1 = opens();
  }

  /** Opens it. */
  @Actor
  public void other(ZZ_Result result) {
    result.r2 = opens();
  }
}
