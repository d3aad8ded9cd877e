package dev.plait.cli.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads traces in the layout of the public collection of editing traces: JSON, gzipped or not,
 * which is told from the first bytes and not from the name.
 *
 * <p>A sequential trace is {@code {startContent, endContent, txns: [{patches: [[position, deleted,
 * inserted], …]}]}}; a concurrent one has {@code kind: "concurrent"}, {@code endContent}, {@code
 * numAgents} and {@code parents} and {@code agent} in each transaction. Fields of other names are
 * skipped.
 */
public final class TraceReader {
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int BUFFER = 1 << 16;

  private TraceReader() {}

  /**
   * Reads and checks one file. Whether each edit lies inside the text, and whether the parents can
   * be, shows only when it is replayed.
   *
   * @throws TraceException TRACE_UNREADABLE, TRACE_NOT_GZIP, TRACE_NOT_JSON, TRACE_SHAPE
   */
  public static Trace read(Path file) {
    checkReadable(file);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        InputStream json = isGzip(raw) ? new GZIPInputStream(raw, BUFFER) : raw) {
      return TraceParser.parse(json);
    } catch (TraceException wrong) {
      throw wrong.in(file);
    } catch (JsonProcessingException wrong) {
      throw TraceException.file(
          TraceException.TRACE_NOT_JSON, file, "not JSON: " + reason(wrong), wrong);
    } catch (ZipException | EOFException wrong) {
      throw TraceException.file(
          TraceException.TRACE_NOT_GZIP, file, "it starts like gzip, but is cut or damaged", wrong);
    } catch (IOException wrong) {
      throw TraceException.file(
          TraceException.TRACE_UNREADABLE, file, "can't be read: " + wrong, wrong);
    }
  }

  private static void checkReadable(Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      String reason =
          Files.isDirectory(file)
              ? "this is a directory; name one trace file"
              : Files.exists(file) ? "reading is not permitted" : "there is no such file";
      throw TraceException.file(TraceException.TRACE_UNREADABLE, file, reason, null);
    }
  }

  private static boolean isGzip(InputStream in) throws IOException {
    in.mark(2);
    int magic = in.read() << 8 | in.read();
    in.reset();
    return magic == GZIP_MAGIC;
  }

  /** What the JSON parser says, on one line. */
  private static String reason(JsonProcessingException wrong) {
    String reason = wrong.getOriginalMessage().lines().findFirst().orElse("unknown");
    return wrong.getLocation() == null
        ? reason
        : "line %d, column %d: %s"
            .formatted(wrong.getLocation().getLineNr(), wrong.getLocation().getColumnNr(), reason);
  }
}
