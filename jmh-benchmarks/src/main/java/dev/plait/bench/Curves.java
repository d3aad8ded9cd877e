package dev.plait.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/**
 * The results of a run as tables: one for each benchmark and each choice of what is not a number,
 * with a line for each choice of numbers, so that going down a column shows how the cost grows.
 *
 * <p>Times and bytes are those of one operation. The median, the mean and its error (half of JMH's
 * 99.9 % interval) are of warm iterations of all forks; <em>cold</em> is the first iteration of a
 * JVM, see {@link ColdStart}; <em>all</em> is the median of one call with all of its operations. B
 * are bytes allocated, see {@link Allocation}.
 *
 * <p>Of two {@link Sides} the table shows the median of both and how many times as long the second
 * took, with the error of the mean, the least and the most; cold is both sides together.
 *
 * <p>A benchmark with a parameter {@code operations} does that many in one go; the others say
 * themselves how many they do.
 */
final class Curves {
  private static final String OPERATIONS = "operations";
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final int MEDIAN = 50;
  private static final double MICRO = 1e3;

  /** The error of fewer than three iterations. */
  private static final String UNKNOWN = "?";

  private static final double CONFIDENCE = 0.999;
  private static final String ROW = "  %-50s %12s %12s %12s %12s %12s %14s%n";

  private Curves() {}

  /** Prints all tables. */
  static void print(Collection<RunResult> results, PrintStream out) {
    Map<String, List<RunResult>> tables = new LinkedHashMap<>();
    for (RunResult result : results) {
      tables.computeIfAbsent(title(result.getParams()), any -> new ArrayList<>()).add(result);
    }
    tables.forEach(
        (title, rows) -> {
          out.printf("%n%s%n", title);
          boolean sides = rows.get(0).getSecondaryResults().containsKey(Sides.RATIO);
          if (sides) {
            out.printf(ROW, "", "bare", "plait", "plait/bare", "± 99.9 %", "cold", "least to most");
            rows.forEach(row -> printSides(row, out));
          } else {
            out.printf(ROW, "", "median", "mean", "± 99.9 %", "cold", "all", "B");
            rows.forEach(row -> printRow(row, out));
          }
        });
    out.flush();
  }

  /** The medians of the iterations, each of which is a median itself. */
  private static void printSides(RunResult result, PrintStream out) {
    Statistics ratio = statistics(result, Sides.RATIO);
    out.printf(
        ROW,
        numbers(result.getParams()),
        time(statistics(result, Sides.BARE).getPercentile(MEDIAN) * MICRO),
        time(statistics(result, Sides.PLAIT).getPercentile(MEDIAN) * MICRO),
        number(ratio.getPercentile(MEDIAN)),
        number(ratio.getMeanErrorAt(CONFIDENCE)),
        time(cold(result)),
        number(ratio.getMin()) + " to " + number(ratio.getMax()));
  }

  /** In nanoseconds. */
  private static double cold(RunResult result) {
    return statistics(result, ColdStart.FIRST).getMean()
        * result.getParams().getTimeUnit().toNanos(1);
  }

  private static Statistics statistics(RunResult result, String counter) {
    return Objects.requireNonNull(result.getSecondaryResults().get(counter)).getStatistics();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? UNKNOWN : String.format(Locale.ROOT, "%.2f", value);
  }

  private static void printRow(RunResult result, PrintStream out) {
    BenchmarkParams params = result.getParams();
    Result<?> time = result.getPrimaryResult();
    if (params.getMode() == Mode.Throughput) {
      printRate(result, out);
      return;
    }
    Statistics statistics = time.getStatistics();
    double operations = operations(params);
    double unit = params.getTimeUnit().toNanos(1) / operations;
    double median = statistics.getPercentile(MEDIAN) * unit;
    out.printf(
        ROW,
        numbers(params),
        time(median),
        time(statistics.getMean() * unit),
        time(statistics.getMeanErrorAt(CONFIDENCE) * unit),
        time(cold(result) / operations),
        time(median * operations * params.getOpsPerInvocation()),
        number(bytes(result) / operations));
  }

  /** Allocated for what JMH takes for one operation. */
  private static double bytes(RunResult result) {
    boolean counted = result.getSecondaryResults().containsKey(Allocation.BYTES);
    return counted
        ? statistics(result, Allocation.BYTES).getPercentile(MEDIAN)
            / result.getParams().getOpsPerInvocation()
        : statistics(result, ALLOCATED).getPercentile(MEDIAN);
  }

  private static void printRate(RunResult result, PrintStream out) {
    Statistics rate = result.getPrimaryResult().getStatistics();
    out.printf(
        ROW,
        numbers(result.getParams()),
        number(rate.getPercentile(MEDIAN)),
        number(rate.getMean()),
        number(rate.getMeanErrorAt(CONFIDENCE)),
        number(statistics(result, ColdStart.FIRST).getMean()),
        result.getPrimaryResult().getScoreUnit(),
        number(bytes(result)));
  }

  private static String title(BenchmarkParams params) {
    String name = params.getBenchmark();
    StringBuilder title = new StringBuilder(name.substring(name.lastIndexOf('.', dot(name)) + 1));
    for (String key : params.getParamsKeys()) {
      if (!isNumber(params.getParam(key))) {
        title.append("  ").append(key).append('=').append(params.getParam(key));
      }
    }
    return title.toString();
  }

  /** The place before the dot between class and method. */
  private static int dot(String name) {
    return name.lastIndexOf('.') - 1;
  }

  private static String numbers(BenchmarkParams params) {
    StringBuilder numbers = new StringBuilder();
    for (String key : params.getParamsKeys()) {
      if (isNumber(params.getParam(key))) {
        numbers.append(key).append('=').append(params.getParam(key)).append(' ');
      }
    }
    return numbers.toString();
  }

  private static double operations(BenchmarkParams params) {
    return params.getParamsKeys().contains(OPERATIONS)
        ? Double.parseDouble(params.getParam(OPERATIONS))
        : 1;
  }

  private static boolean isNumber(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String time(double nanos) {
    if (Double.isNaN(nanos)) {
      return UNKNOWN;
    }
    if (nanos < 1e4) {
      return String.format(Locale.ROOT, "%.1f ns", nanos);
    }
    return nanos < 1e7
        ? String.format(Locale.ROOT, "%.1f µs", nanos / 1e3)
        : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }
}
