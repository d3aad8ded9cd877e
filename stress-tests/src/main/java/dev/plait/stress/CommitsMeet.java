package dev.plait.stress;

import dev.plait.store.InMemoryStore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads commit to a store in memory, one of them when it has looked what is there. */
@JCStressTest
@Outcome(
    id = {"0, 4", "2, 4"},
    expect = Expect.ACCEPTABLE,
    desc = "batches are seen wholly, and both are kept")
@Outcome(expect = Expect.FORBIDDEN, desc = "half a batch was seen, or one was lost")
@State
public class CommitsMeet {
  private final InMemoryStore store = InMemoryStore.empty();

  /** Commits a batch of two documents. */
  @Actor
  public void one() {
    store.commit(Samples.batch(Samples.LOW, "a", "b"));
  }

  /** Looks, then commits a batch of two others. */
  @Actor
  public void other(II_Result result) {
    result.r1 = store.documents("").size();
    store.commit(Samples.batch(Samples.HIGH, "c", "d"));
  }

  /** Looks when all is over. */
  @Arbiter
  public void look(II_Result result) {
    result.r2 = store.documents("").size();
  }
}
