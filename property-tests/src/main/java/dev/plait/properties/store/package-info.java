/**
 * What every store must do, as tests.
 *
 * <p>Use {@link dev.plait.properties.store.ChangeStoreContract} when you write a {@link
 * dev.plait.store.ChangeStore}: extend it in your tests and say how your store is opened. Use
 * {@link dev.plait.properties.store.FileStoreContract} when it is kept in files, {@link
 * dev.plait.properties.store.ReplicaContract} to see a replica come back from it, {@link
 * dev.plait.properties.store.EncryptedFilesContract} when what it holds may be secret, and {@link
 * dev.plait.properties.store.StoresAgree} to try that two stores hold the same. Use {@link
 * dev.plait.properties.store.StoreSamples} for what to write in tests of your own.
 */
@NullMarked
package dev.plait.properties.store;

import org.jspecify.annotations.NullMarked;
