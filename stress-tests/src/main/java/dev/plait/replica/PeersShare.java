package dev.plait.replica;

import dev.plait.clock.Dot;
import dev.plait.clock.VersionVector;
import dev.plait.store.InMemoryStore;
import java.util.Random;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two peers say how much they hold of what was made here, one less, one more. */
@JCStressTest
@Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "the most that was said counts")
@Outcome(expect = Expect.FORBIDDEN, desc = "what one peer said was lost, or made more of")
@State
public class PeersShare {
  private final Identity identity = Identity.of(InMemoryStore.empty(), new Chance(new Random(1)));
  private final Shared shared = new Shared(identity);
  private final VersionVector ours = upTo(9);

  private VersionVector upTo(long counter) {
    return VersionVector.of(new Dot(identity.current(), counter));
  }

  /** Holds more. */
  @Actor
  public void one() {
    shared.add("d", upTo(7), ours);
  }

  /** Holds less. */
  @Actor
  public void other() {
    shared.add("d", upTo(5), ours);
  }

  /** What peers are known to hold. */
  @Arbiter
  public void look(ZZ_Result result) {
    result.r1 = shared.covers("d", upTo(7));
    result.r2 = shared.covers("d", upTo(8));
  }
}
