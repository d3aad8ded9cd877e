package dev.plait.cli.store;

import dev.plait.cli.ExitCode;
import dev.plait.codec.Codec;
import dev.plait.document.Document;
import dev.plait.store.ChangeStore;
import dev.plait.wire.WireCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plait export}: documents as one file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes documents into one file, a ZIP with the changes of each, for plait import.",
      "",
      "No node may run in DIR, and nothing is changed there. Replicas that hold the same changes"
          + " write the same bytes, unless one has compacted its history.",
      "",
      "Ends with 1 when a document was left out because it holds changes of a restored backup that"
          + " only a peer can settle; stderr names it. Let a node sync it first."
    })
public final class ExportCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "The data directory.")
  private Path directory = Path.of("");

  @Parameters(index = "1", paramLabel = "FILE", description = "A file that does not exist yet.")
  private Path file = Path.of("");

  @Option(
      names = "--document",
      paramLabel = "NAME",
      description = "Only this one; may be given repeatedly.")
  private List<String> only = new ArrayList<>();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public ExportCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (ChangeStore store = new DataDirectory(directory).openExisting()) {
      List<String> names = names(store);
      List<String> left = write(store, names);
      out.println(Counted.of(names.size() - left.size(), "document") + " written to " + file);
      out.flush();
      PrintWriter err = spec.commandLine().getErr();
      for (String name : left) {
        err.println(
            "not exported: "
                + Quoted.of(name)
                + " holds changes of a restored backup that only a peer can settle");
      }
      err.flush();
      return left.isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }
  }

  private List<String> names(ChangeStore store) {
    List<String> all = store.documents("");
    for (String name : only) {
      if (!all.contains(name)) {
        throw new DataException(
            DataException.NO_DOCUMENT, directory + " holds no document \"" + name + "\"", null);
      }
    }
    return only.isEmpty() ? all : all.stream().filter(only::contains).toList();
  }

  /** Writes the documents; gives the names of those that are in doubt and were left out. */
  private List<String> write(ChangeStore store, List<String> names) {
    Codec codec = WireCodec.create();
    List<String> left = new ArrayList<>();
    try (OutputStream bytes = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        Archive.Writer archive = new Archive.Writer(bytes)) {
      for (String name : names) {
        Document document = StoredDocument.open(store, codec, name);
        if (document.isInDoubt()) {
          left.add(name);
        } else {
          archive.add(document);
        }
      }
      return left;
    } catch (IOException failed) {
      throw new DataException(
          DataException.FILE_UNUSABLE,
          file + " can't be written: " + failed + "; name a file that does not exist",
          failed);
    }
  }
}
