/**
 * What a store kept in files must survive: killed processes, damaged files, a full disk, a failed
 * device, and being closed while it is used.
 *
 * <p>Use {@link dev.plait.properties.store.crash.StoreFactory} to say how your store is opened, in
 * this process and in the processes that are killed; extend {@link
 * dev.plait.properties.store.crash.KillLoop} when commits are promised to outlive their process,
 * {@link dev.plait.properties.store.crash.FlipLoop} when damage is promised to be noticed, {@link
 * dev.plait.properties.store.crash.FullDisk} when a full disk is promised to be harmless, {@link
 * dev.plait.properties.store.crash.FailedDevice} when a store that could not be written is promised
 * to refuse writes, and {@link dev.plait.properties.store.crash.CloseRaces} when close is promised
 * to be safe beside other calls.
 */
@NullMarked
package dev.plait.properties.store.crash;

import org.jspecify.annotations.NullMarked;
