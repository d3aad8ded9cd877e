package dev.plait.cli.trace;

import dev.plait.error.PlaitException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file is no trace, or a trace says something that can't have happened. */
public final class TraceException extends PlaitException {
  private static final long serialVersionUID = 1L;

  /** There is no file of this name, or it can't be read. */
  public static final String TRACE_UNREADABLE = "TRACE_UNREADABLE";

  /** The file starts like gzip and does not go on like it. */
  public static final String TRACE_NOT_GZIP = "TRACE_NOT_GZIP";

  /** The content is not one JSON object in UTF-8. */
  public static final String TRACE_NOT_JSON = "TRACE_NOT_JSON";

  /** A field is missing, repeated, of the wrong type or out of its range. */
  public static final String TRACE_SHAPE = "TRACE_SHAPE";

  /** A transaction's parents are not possible. */
  public static final String TRACE_PARENTS = "TRACE_PARENTS";

  /** A patch edits outside of the text that its author saw, or can't be an edit at all. */
  public static final String TRACE_EDIT = "TRACE_EDIT";

  TraceException(String code, String message) {
    this(code, message, null);
  }

  private TraceException(String code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }

  /** A file that can't be read as a trace. */
  static TraceException file(String code, Path file, String reason, @Nullable Throwable cause) {
    return new TraceException(code, file + ": " + reason, cause);
  }

  /**
   * A patch that can't be replayed.
   *
   * @param transaction index of its transaction, from 0
   * @param patch index of the patch in it, from 0
   * @param reason what is wrong with it
   */
  public static TraceException edit(int transaction, int patch, String reason) {
    return new TraceException(
        TRACE_EDIT, "transaction " + transaction + ", patch " + patch + ": " + reason);
  }

  /**
   * Something that is too much for a document.
   *
   * @param what the part of the trace
   * @param cause what the document said
   */
  public static TraceException refused(String what, PlaitException cause) {
    return new TraceException(TRACE_EDIT, what + ": " + cause.getMessage(), cause);
  }

  /** The same failure, naming the file that the trace came from. */
  public TraceException in(Path file) {
    return new TraceException(code(), file + ": " + getMessage(), this);
  }
}
