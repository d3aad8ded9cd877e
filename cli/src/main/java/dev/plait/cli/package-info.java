/**
 * The {@code plait} command.
 *
 * <p>Use {@link dev.plait.cli.Plait} when you run it or add a command to it; use {@link
 * dev.plait.cli.ExitCode} when a command ends with something other than success.
 */
@NullMarked
package dev.plait.cli;

import org.jspecify.annotations.NullMarked;
