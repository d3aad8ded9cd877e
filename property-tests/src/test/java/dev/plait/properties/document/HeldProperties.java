package dev.plait.properties.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.document.Document;
import dev.plait.wire.WireCodec;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What can't be applied is kept, told of and handed on, and nothing is lost by it. */
class HeldProperties {

  @Property(tries = 300)
  void afterAnUpgradeAllReplicasAreEqual(@ForAll long seed, @ForAll @IntRange(max = 80) int steps) {
    HeldWorld world = new HeldWorld(seed, false);
    world.play(steps);
    world.meetAndUpgrade();
    assertEquals(List.of(), world.problems);
    Document all = world.readers.get(0).document;
    world.authors.forEach(author -> author.apply(all.changesSince(author.versionVector())));
    for (Document author : world.authors) {
      assertEquals(Face.of(author), Face.of(all));
    }
    for (HeldWorld.Reader reader : world.readers) {
      assertEquals(Face.of(all), Face.of(reader.document));
      assertEquals(0, reader.document.heldCount() + reader.document.pendingCount());
      assertEquals(reader.document.versionVector(), reader.document.heldVersion());
    }
  }

  /** What a relay of the old release can't read reaches those who can, byte for byte. */
  @Property(tries = 100)
  void oldReleasesRelayWhatTheyCanNotRead(
      @ForAll long seed, @ForAll @IntRange(max = 60) int steps) {
    HeldWorld world = new HeldWorld(seed, false);
    world.play(steps);
    Document relay = world.readers.get(0).document;
    world.authors.forEach(author -> world.exchange(author, relay));
    HeldWorld.Reader modern = world.new Reader(WireCodec.create());
    world.exchange(relay, modern.document);
    assertEquals(relay.heldVersion(), modern.document.versionVector());
    Document author = world.authors.get(0);
    author.apply(modern.document.changesSince(author.versionVector()));
    assertEquals(Face.of(author), Face.of(modern.document));
  }

  @Property(tries = 300)
  void anAuthorThatContradictsItselfHoldsUpNobodyElse(
      @ForAll long seed, @ForAll @IntRange(max = 80) int steps) {
    HeldWorld world = new HeldWorld(seed, true);
    world.play(steps);
    world.meetAndUpgrade();
    assertEquals(List.of(), world.problems);
    for (int honest : List.of(0, 2)) {
      Document author = world.authors.get(honest);
      for (HeldWorld.Reader reader : world.readers) {
        assertEquals(
            author.versionVector().get(author.replica()),
            reader.document.versionVector().get(author.replica()));
      }
    }
    Document one = world.authors.get(1);
    Document two = world.authors.get(3);
    boolean both = !one.versionVector().isEmpty() && !two.versionVector().isEmpty();
    for (HeldWorld.Reader reader : world.readers) {
      assertTrue(both || !reader.suspects(one.replica()), "only who contradicts itself is suspect");
    }
  }
}
