package dev.plait.peers.work;

import dev.plait.bench.Recording;
import dev.plait.bench.TypingModel;
import dev.plait.cli.trace.Patch;
import dev.plait.cli.trace.Trace;
import dev.plait.cli.trace.TraceReader;
import dev.plait.cli.trace.TraceTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Recorded editing sessions as scripts. */
final class TextScripts {
  private static final Pattern SUFFIX = Pattern.compile("\\.json(\\.gz)?$");

  /** As many edits as the longest of the traces that are usually recorded. */
  private static final int MODEL_EDITS = 250_000;

  private static final long MODEL_SEED = 2026;

  private TextScripts() {}

  /** What a model of a typist writes, one edit in each transaction, where there are no traces. */
  static Script model() {
    Recording recording = TypingModel.write(MODEL_SEED, MODEL_EDITS);
    List<List<Edit>> transactions = new ArrayList<>();
    for (Patch patch : recording.patches()) {
      List<Edit> edits = new ArrayList<>();
      addTo(edits, patch);
      transactions.add(edits);
    }
    return new Script("typing-model", Root.TEXT, List.of(transactions), recording.end());
  }

  /**
   * The sequential traces of a folder that start empty and stay in the Basic Multilingual Plane,
   * where all libraries count positions alike.
   */
  static List<Script> of(Path folder) throws IOException {
    Path sequential = folder.resolve("sequential");
    List<Script> scripts = new ArrayList<>();
    try (Stream<Path> files = Files.list(Files.isDirectory(sequential) ? sequential : folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (SUFFIX.matcher(name).find()) {
          Trace trace = TraceReader.read(file);
          if (trace.kind() == Trace.Kind.SEQUENTIAL
              && trace.isBasicPlane()
              && trace.startContent().isEmpty()) {
            scripts.add(script(SUFFIX.matcher(name).replaceFirst(""), trace));
          }
        }
      }
    }
    return scripts;
  }

  private static Script script(String name, Trace trace) {
    List<List<Edit>> transactions = new ArrayList<>();
    for (TraceTransaction transaction : trace.transactions()) {
      List<Edit> edits = new ArrayList<>();
      transaction.patches().forEach(patch -> addTo(edits, patch));
      if (!edits.isEmpty()) {
        transactions.add(edits);
      }
    }
    return new Script(name, Root.TEXT, List.of(transactions), trace.endContent());
  }

  private static void addTo(List<Edit> edits, Patch patch) {
    if (patch.deleted() > 0) {
      edits.add(new Edit.Delete(patch.position(), patch.deleted()));
    }
    if (!patch.inserted().isEmpty()) {
      edits.add(new Edit.Insert(patch.position(), patch.inserted()));
    }
  }
}
