package dev.plait.cli.node;

import dev.plait.cli.json.JsonReader;
import dev.plait.cli.json.JsonWriter;
import dev.plait.error.PlaitException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads requests, a line each, and writes an answer to each, in order, before it reads the next.
 *
 * <p>Whatever a line says, it gets one answer, and the next line is read; only {@code quit}, the
 * end of the input and {@link #stop} end the loop.
 */
final class Console {
  /** How long a line may be, in bytes, without its line feed. */
  static final int MAX_LINE_BYTES = 8 << 20;

  /** The code of an answer that only a defect of Plait gives; the stack trace is on stderr. */
  static final String DEFECT = "DEFECT";

  private final LineReader lines;
  private final OutputStream out;
  private final PrintWriter diagnostics;
  private final Operations operations;
  private final JsonReader json = new JsonReader(MAX_LINE_BYTES);
  private final ReentrantLock turn = new ReentrantLock();
  private volatile boolean stopped;

  Console(InputStream in, OutputStream out, PrintWriter diagnostics, Operations operations) {
    this.lines = new LineReader(new BufferedInputStream(in), MAX_LINE_BYTES);
    this.out = out;
    this.diagnostics = diagnostics;
    this.operations = operations;
  }

  /**
   * Answers until there is nothing more to answer.
   *
   * @throws IOException if nobody reads the answers, or the input fails
   */
  void run() throws IOException {
    while (!stopped) {
      LineReader.Found found = lines.read();
      if (found == LineReader.Found.END) {
        return;
      }
      turn.lock();
      try {
        if (!stopped) {
          say(answer(found));
        }
      } finally {
        turn.unlock();
      }
    }
  }

  /**
   * Lets the request that is being answered come to its end, and no other begin. Any thread.
   *
   * @param then what to do between the two
   */
  void stop(Runnable then) {
    stopped = true;
    turn.lock();
    try {
      then.run();
    } finally {
      turn.unlock();
    }
  }

  /** Writes one line. */
  void say(JsonWriter line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private JsonWriter answer(LineReader.Found found) {
    try {
      if (found == LineReader.Found.TOO_LONG) {
        throw new RequestException(
            RequestException.LINE_TOO_LONG, "a line takes at most " + MAX_LINE_BYTES + " bytes");
      }
      Request request = Request.of(json.parse(lines.line()));
      String op = request.op();
      if (op.equals("quit")) {
        stopped = true;
        return new JsonWriter().object().name("ok").truth(true).endObject();
      }
      return operations.answer(op, request, () -> stopped);
    } catch (PlaitException refused) {
      return failure(refused.code(), String.valueOf(refused.getMessage()));
    } catch (RuntimeException defect) {
      defect.printStackTrace(diagnostics);
      diagnostics.flush();
      return failure(DEFECT, "a defect of plait; stderr has the stack trace: " + defect);
    }
  }

  /** The answer to what can't be done. */
  static JsonWriter failure(String code, String message) {
    return new JsonWriter()
        .object()
        .name("ok")
        .truth(false)
        .name("code")
        .string(code)
        .name("message")
        .string(message)
        .endObject();
  }
}
