/**
 * {@code plait demo}: three replicas on disk tell the story of editing together and apart.
 *
 * <p>Use {@link dev.plait.cli.demo.DemoCommand} to run it; read {@link dev.plait.cli.demo.Story} to
 * see how documents, replicas and a network fit together.
 */
@NullMarked
package dev.plait.cli.demo;

import org.jspecify.annotations.NullMarked;
