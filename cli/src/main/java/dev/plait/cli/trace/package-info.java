/**
 * Recordings of people writing, read from files and checked.
 *
 * <p>Use {@link dev.plait.cli.trace.TraceReader} when you have a file and want a {@link
 * dev.plait.cli.trace.Trace}, {@link dev.plait.cli.trace.MergePlan} when replicas are to see
 * exactly what the people saw, {@link dev.plait.cli.trace.CodePointIndex} when the positions of a
 * trace, which count code points, are needed in UTF-16 units.
 */
@NullMarked
package dev.plait.cli.trace;

import org.jspecify.annotations.NullMarked;
