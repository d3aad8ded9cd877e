package dev.plait.wire;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes kept in test resources as hexadecimal digits; lines may break anywhere. */
final class Golden {
  private Golden() {}

  static byte[] read(String name) {
    try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name + ".hex")) {
      assertNotNull(file, "there is no golden/" + name + ".hex");
      String digits = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
