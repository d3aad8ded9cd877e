package dev.plait.store;

/**
 * How much a store keeps. Immutable.
 *
 * @param documents how many documents
 * @param total all of them together
 * @param storedBytes what the store takes where it is kept, its side files and freed room included;
 *     for one in memory, the sum of the lengths
 */
public record StoreSize(long documents, DocumentSize total, long storedBytes) {}
