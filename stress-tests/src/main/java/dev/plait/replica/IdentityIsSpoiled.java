package dev.plait.replica;

import dev.plait.clock.ReplicaId;
import dev.plait.store.InMemoryStore;
import dev.plait.store.StoreBatch;
import java.util.Random;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZZ_Result;

/** Two threads find out that the same id is spoiled; one has asked before who the replica is. */
@JCStressTest
@Outcome(id = "1, true, true", expect = Expect.ACCEPTABLE, desc = "replaced once, kept first")
@Outcome(expect = Expect.FORBIDDEN, desc = "replaced twice, or shown before it was kept")
@State
public class IdentityIsSpoiled {
  private final InMemoryStore store = InMemoryStore.empty();
  private final Identity identity = Identity.of(store, new Chance(new Random(1)));
  private final ReplicaId spoiled = identity.current();
  private boolean oneReplaced;
  private boolean otherReplaced;
  private boolean keptFirst;

  private boolean replaces() {
    return identity.replace(spoiled, StoreBatch.builder()) != null;
  }

  /** Replaces it. */
  @Actor
  public void one() {
    oneReplaced = replaces();
  }

  /** Asks, looks what is kept, and replaces it. */
  @Actor
  public void other() {
    ReplicaId shown = identity.current();
    keptFirst = shown.equals(spoiled) || shown.equals(store.identity());
    otherReplaced = replaces();
  }

  /** How often it was replaced, and whether what is shown is kept. */
  @Arbiter
  public void look(IZZ_Result result) {
    result.r1 = (oneReplaced ? 1 : 0) + (otherReplaced ? 1 : 0);
    result.r2 = keptFirst;
    result.r3 = identity.current().equals(store.identity()) && store.formerIdentities().size() == 1;
  }
}
