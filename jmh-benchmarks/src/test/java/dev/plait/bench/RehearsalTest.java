package dev.plait.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RehearsalTest {

  @Test
  void isDueBetweenTheFirstIterationAndTheSecond() {
    Rehearsal rehearsal = new Rehearsal(1);
    assertFalse(rehearsal.isDue());
    assertTrue(rehearsal.isDue());
    assertFalse(rehearsal.isDue());
  }

  @Test
  void everyTypeCanBeRehearsedEveryWay() {
    for (Kind type : Kind.values()) {
      for (Way way : Way.values()) {
        new Rehearsal(1).run(type, way);
      }
    }
  }
}
