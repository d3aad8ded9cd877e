package dev.plait.stress;

import dev.plait.store.InMemoryDisk;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** One thread commits while another closes the store. */
@JCStressTest
@Outcome(
    id = {"true, true", "false, false"},
    expect = Expect.ACCEPTABLE,
    desc = "what was acknowledged is there, what was refused is not")
@Outcome(expect = Expect.FORBIDDEN, desc = "acknowledged and not there, or refused and there")
@State
public class CommitMeetsClose {
  private final InMemoryDisk disk = new InMemoryDisk();
  private final InMemoryStore store = InMemoryStore.open(disk);

  /** Commits. */
  @Actor
  public void commit(ZZ_Result result) {
    try {
      store.commit(Samples.batch(Samples.LOW, "a"));
      result.r1 = true;
    } catch (StoreException.Closed closed) {
      result.r1 = false;
    }
  }

  /** Closes. */
  @Actor
  public void close() {
    store.close();
  }

  /** Opens the disk again. */
  @Arbiter
  public void look(ZZ_Result result) {
    result.r2 = InMemoryStore.open(disk).documents("").contains("a");
  }
}
