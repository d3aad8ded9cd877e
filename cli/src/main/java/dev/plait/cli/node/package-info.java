/**
 * {@code plait node}: a replica as a process, driven by JSON lines.
 *
 * <p>Use {@link dev.plait.cli.node.NodeCommand} when you run it from the command line; use {@code
 * dev.plait.replica} when you embed a replica in a program of yours.
 */
@NullMarked
package dev.plait.cli.node;

import org.jspecify.annotations.NullMarked;
