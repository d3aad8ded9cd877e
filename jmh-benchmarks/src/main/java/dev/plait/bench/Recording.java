package dev.plait.bench;

import dev.plait.cli.trace.Patch;
import dev.plait.cli.trace.Trace;
import dev.plait.cli.trace.TraceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The writing of one person, edit by edit.
 *
 * @param patches what was done to a text that was empty, in order; positions are in UTF-16 units
 * @param end the text that all of them give
 */
public record Recording(List<Patch> patches, String end) {

  public Recording {
    patches = List.copyOf(patches);
  }

  /** Whether a trace can be replayed by one person whose positions are in units. */
  static boolean canBeMadeOf(Trace trace) {
    return trace.kind() == Trace.Kind.SEQUENTIAL && trace.isBasicPlane();
  }

  /**
   * Reads a trace.
   *
   * @throws IllegalArgumentException if it {@linkplain #canBeMadeOf can't be replayed}
   */
  static Recording read(Path file) {
    Trace trace = TraceReader.read(file);
    if (!canBeMadeOf(trace)) {
      throw new IllegalArgumentException(file + " is not sequential or holds surrogate pairs");
    }
    List<Patch> patches = new ArrayList<>();
    if (!trace.startContent().isEmpty()) {
      patches.add(new Patch(0, 0, trace.startContent()));
    }
    trace.transactions().forEach(transaction -> patches.addAll(transaction.patches()));
    return new Recording(patches, trace.endContent());
  }
}
