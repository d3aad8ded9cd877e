package dev.plait.cli.replay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RetainedHeapTest {

  @Test
  void bytesKeptAliveAreSeen() {
    long measured = new RetainedHeap().ofEach(() -> new byte[64][1 << 16]);

    assertTrue(measured > 3 << 20 && measured < 5 << 20, measured + " bytes");
  }

  @Test
  void whatAllShareIsNotCounted() {
    byte[][] shared = new byte[256][1 << 16];

    long measured = new RetainedHeap().ofEach(() -> new Object[] {shared});

    assertTrue(measured < 1 << 20, measured + " bytes");
  }
}
