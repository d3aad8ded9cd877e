package dev.plait.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what a link tells. */
final class Recorder implements Receiver {

  final List<String> log = new ArrayList<>();

  static byte[] frame(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void onFrame(byte[] frame) {
    log.add(new String(frame, StandardCharsets.UTF_8));
  }

  @Override
  public void onWritable() {
    log.add("<writable>");
  }

  @Override
  public void onClosed(@Nullable String reason) {
    log.add(reason == null ? "<closed>" : "<closed: " + reason + ">");
  }
}
