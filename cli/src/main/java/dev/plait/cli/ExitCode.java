package dev.plait.cli;

/** What the {@code plait} command tells its caller when it ends. */
public final class ExitCode {
  /** Everything went as it should. */
  public static final int OK = 0;

  /**
   * What was checked turned out wrong: replicas that differ, a text that is not the expected one.
   */
  public static final int CHECK_FAILED = 1;

  /** The command line or a file it names can't be used; one line on stderr says why. */
  public static final int BAD_INPUT = 2;

  /** What is stored is not what was written. */
  public static final int CORRUPT = 3;

  /** Changes that were acknowledged are not stored any more. */
  public static final int LOST_ACKNOWLEDGED = 4;

  /** A defect of Plait; the stack trace is on stderr. */
  public static final int DEFECT = 70;

  private ExitCode() {}
}
