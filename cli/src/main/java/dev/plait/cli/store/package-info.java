/**
 * Commands that look at, keep and carry what a data directory holds, while no node runs there.
 *
 * <p>Use {@link dev.plait.cli.store.VerifyCommand} when you want to know whether all of it is as it
 * was written, {@link dev.plait.cli.store.InspectCommand} when you want to see what is there,
 * {@link dev.plait.cli.store.CompactCommand} when it takes more room than it shows, {@link
 * dev.plait.cli.store.ExportCommand} and {@link dev.plait.cli.store.ImportCommand} when documents
 * are to leave or enter as one file.
 */
@NullMarked
package dev.plait.cli.store;

import org.jspecify.annotations.NullMarked;
