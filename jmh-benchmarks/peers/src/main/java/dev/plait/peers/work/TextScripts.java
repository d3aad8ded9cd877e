package dev.plait.peers.work;

import dev.plait.cli.trace.Patch;
import dev.plait.cli.trace.Trace;
import dev.plait.cli.trace.TraceReader;
import dev.plait.cli.trace.TraceTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Recorded editing sessions as scripts. */
final class TextScripts {
  private static final String SUFFIX = ".json.gz";

  private TextScripts() {}

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
        if (name.endsWith(SUFFIX)) {
          Trace trace = TraceReader.read(file);
          if (trace.kind() == Trace.Kind.SEQUENTIAL
              && trace.isBasicPlane()
              && trace.startContent().isEmpty()) {
            scripts.add(script(name.substring(0, name.length() - SUFFIX.length()), trace));
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
      for (Patch patch : transaction.patches()) {
        if (patch.deleted() > 0) {
          edits.add(new Edit.Delete(patch.position(), patch.deleted()));
        }
        if (!patch.inserted().isEmpty()) {
          edits.add(new Edit.Insert(patch.position(), patch.inserted()));
        }
      }
      if (!edits.isEmpty()) {
        transactions.add(edits);
      }
    }
    return new Script(name, Root.TEXT, List.of(transactions), trace.endContent());
  }
}
