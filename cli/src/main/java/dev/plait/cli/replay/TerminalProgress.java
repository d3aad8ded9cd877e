package dev.plait.cli.replay;

import java.io.PrintWriter;
import picocli.CommandLine;

/** One line on stderr that is written over again and again; nothing unless somebody watches. */
final class TerminalProgress implements Progress, AutoCloseable {
  private static final String START_OF_CLEARED_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean watched;

  private TerminalProgress(PrintWriter err, boolean watched) {
    this.err = err;
    this.watched = watched;
  }

  /** The progress line of a command, if it runs in a terminal that understands ANSI sequences. */
  static TerminalProgress of(CommandLine command) {
    return new TerminalProgress(command.getErr(), command.getColorScheme().ansi().enabled());
  }

  @Override
  public void next(String step) {
    write(START_OF_CLEARED_LINE + step + " …");
  }

  /** Clears the line. */
  @Override
  public void close() {
    write(START_OF_CLEARED_LINE);
  }

  private void write(String text) {
    if (watched) {
      err.print(text);
      err.flush();
    }
  }
}
