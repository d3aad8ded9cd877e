/**
 * A store that encrypts what it hands to another store.
 *
 * <p>Use {@link dev.plait.store.encrypted.EncryptedStore} around any store when whoever gets hold
 * of its files must not read documents; use a {@link dev.plait.store.encrypted.KeyProvider} to hand
 * in keys from where you keep them, {@link dev.plait.store.encrypted.KeyProvider#of} when they are
 * in memory already.
 */
@NullMarked
package dev.plait.store.encrypted;

import org.jspecify.annotations.NullMarked;
