package dev.plait.value;

/**
 * What a map key or a list element holds: a plain {@link Value}, or a {@link Child} container.
 *
 * <p>Immutable; safe to share between threads.
 */
public sealed interface Content permits Value, Child {}
