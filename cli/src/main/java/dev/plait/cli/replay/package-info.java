/**
 * {@code plait replay}: editing traces replayed on documents, checked and measured.
 *
 * <p>Use {@link dev.plait.cli.replay.ReplayCommand} when it comes from a command line, {@link
 * dev.plait.cli.replay.Replay} when a program wants the report.
 */
@NullMarked
package dev.plait.cli.replay;

import org.jspecify.annotations.NullMarked;
