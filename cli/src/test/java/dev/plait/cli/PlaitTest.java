package dev.plait.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.error.PlaitException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class PlaitTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** A command that fails as told. */
  @Command(name = "fail")
  static final class Failing implements Callable<Integer> {
    private final RuntimeException failure;

    Failing(RuntimeException failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() {
      throw failure;
    }
  }

  private static final class Expected extends PlaitException {
    private static final long serialVersionUID = 1L;

    Expected() {
      super("EXPECTED", "it was like this\nand you may do that", null);
    }
  }

  private CommandLine plait() {
    return capture(Plait.commandLine());
  }

  private CommandLine capture(CommandLine command) {
    return command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
  }

  private int failWith(RuntimeException failure) {
    return capture(Plait.commandLine().addSubcommand(new Failing(failure))).execute("fail");
  }

  @Test
  void whatPlaitReportsOnPurposeIsOneLineAndExitsWithTwo() {
    assertEquals(2, failWith(new Expected()));
    assertEquals("plait: it was like this and you may do that", err.toString().strip());
  }

  @Test
  void unexpectedFailureShowsItsStackAndExitsWithSeventy() {
    assertEquals(70, failWith(new IllegalStateException("a defect")));
    assertTrue(err.toString().contains("java.lang.IllegalStateException: a defect"), err::toString);
    assertTrue(err.toString().contains("at dev.plait.cli.PlaitTest"), err::toString);
  }

  @Test
  void unknownCommandIsOneLineAndExitsWithTwo() {
    assertEquals(2, plait().execute("reply"));
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains("'reply'"), err::toString);
  }

  @Test
  void missingCommandIsOneLineAndExitsWithTwo() {
    assertEquals(2, plait().execute());
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains("plait --help"), err::toString);
  }

  @Test
  void helpListsCommandsAndExitCodes() {
    assertEquals(0, plait().execute("--help"));
    assertTrue(out.toString().contains("replay"), out::toString);
    assertTrue(out.toString().contains("demo"), out::toString);
    assertTrue(out.toString().contains("70"), out::toString);
  }

  @Test
  void versionIsPrinted() {
    assertEquals(0, plait().execute("--version"));
    assertTrue(out.toString().startsWith("plait "), out::toString);
  }
}
