package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.clock.HybridLogicalClock;
import dev.plait.clock.VersionVector;
import dev.plait.document.ApplyReport;
import dev.plait.document.Document;
import dev.plait.document.DocumentInvariants;
import dev.plait.error.PlaitException;
import java.util.List;
import java.util.Random;

/**
 * A document that takes bytes: it is as before if it refuses them, else whole inside, and what it
 * became can be saved, opened and relayed.
 */
abstract class DocumentSubject implements FuzzSubject {
  private final String name;
  private final FuzzStory story;
  private final Document nobody;
  private HybridLogicalClock clock;
  private Document document;
  private Standing before;

  DocumentSubject(String name, FuzzStory story) {
    this.name = name;
    this.story = story;
    this.nobody = story.nobody();
    this.clock = story.clock();
    this.document = story.listener(clock);
    this.before = Standing.of(document, clock);
  }

  /** Gives the bytes to the document. */
  abstract ApplyReport give(byte[] input, Document taker);

  abstract List<byte[]> samples(FuzzStory told);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final int turns() {
    return 1;
  }

  @Override
  public final byte[] sample(Random random) {
    List<byte[]> samples = samples(story);
    return samples.get(random.nextInt(samples.size()));
  }

  @Override
  public final String take(byte[] input) {
    ApplyReport report;
    try {
      report = give(input, document);
    } catch (PlaitException refusal) {
      assertEquals(before, Standing.of(document, clock), "changed by what was refused");
      return Refusals.code(refusal);
    }
    Standing after = Standing.of(document, clock);
    if (!after.equals(before)) {
      verify(report);
      clock = story.clock();
      document = story.listener(clock);
      before = Standing.of(document, clock);
    }
    return ACCEPTED;
  }

  private void verify(ApplyReport report) {
    DocumentInvariants.check(document);
    assertTrue(
        report.applied() + report.pending() + report.quarantined() > 0
            || !document.historyFloor().isEmpty(),
        "it changed for no reason");
    byte[] canonical = document.canonicalBytes();
    byte[] saved = document.encodedSnapshot();
    Document opened =
        Document.builder(document.name(), nobody.replica())
            .clock(story.clock())
            .codec(WireCodec.create())
            .open(saved);
    DocumentInvariants.check(opened);
    assertArrayEquals(canonical, opened.canonicalBytes(), "opened again");
    assertArrayEquals(saved, opened.encodedSnapshot(), "saved again");
    if (document.historyFloor().isEmpty()) {
      Document told = story.nobody();
      told.apply(document.changesSince(VersionVector.empty()));
      assertArrayEquals(canonical, told.canonicalBytes(), "relayed");
    }
  }
}
