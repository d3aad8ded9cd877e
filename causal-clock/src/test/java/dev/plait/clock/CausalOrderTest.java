package dev.plait.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CausalOrderTest {

  @Test
  void reverseSwapsBeforeAndAfterOnly() {
    assertEquals(CausalOrder.AFTER, CausalOrder.BEFORE.reverse());
    assertEquals(CausalOrder.BEFORE, CausalOrder.AFTER.reverse());
    assertEquals(CausalOrder.EQUAL, CausalOrder.EQUAL.reverse());
    assertEquals(CausalOrder.CONCURRENT, CausalOrder.CONCURRENT.reverse());
  }
}
