package dev.plait.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The same benchmarks on as little as possible, all in one JVM: whether they work, not what things
 * cost.
 */
final class Little {
  private static final Map<String, String[]> PARAMETERS = new LinkedHashMap<>();

  static {
    PARAMETERS.put("elements", new String[] {"1000"});
    PARAMETERS.put("operations", new String[] {"200"});
    PARAMETERS.put("history", new String[] {"1000"});
    PARAMETERS.put("forkAge", new String[] {"0", "900"});
    PARAMETERS.put("size", new String[] {"10"});
    PARAMETERS.put("replicas", new String[] {"10"});
    PARAMETERS.put("edits", new String[] {"1000"});
    PARAMETERS.put("changes", new String[] {"3"});
    PARAMETERS.put("documentBytes", new String[] {"20000"});
    PARAMETERS.put("keystrokes", new String[] {"600"});
    PARAMETERS.put("storeBytes", new String[] {"10000"});
  }

  private Little() {}

  /** Sets everything but which benchmarks are run and which traces are replayed. */
  static void set(ChainedOptionsBuilder options) {
    PARAMETERS.forEach(options::param);
    options
        .forks(0)
        .warmupIterations(0)
        .warmupTime(TimeValue.milliseconds(1))
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(1))
        .shouldFailOnError(true);
  }
}
