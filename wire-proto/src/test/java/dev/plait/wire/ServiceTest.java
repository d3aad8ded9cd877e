package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.codec.Codec;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ServiceTest {
  @Test
  void codecIsFoundAsAService() {
    List<Class<?>> found = new java.util.ArrayList<>();
    ServiceLoader.load(Codec.class).forEach(codec -> found.add(codec.getClass()));
    assertEquals(List.of(WireCodec.class), found);
  }
}
