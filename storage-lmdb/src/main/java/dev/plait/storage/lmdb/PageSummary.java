package dev.plait.storage.lmdb;

/**
 * What a sound data file holds.
 *
 * @param transaction the last commit's number, 0 before the first
 * @param pageSize bytes of a page
 * @param lastPage the greatest page number that has been given out; the file may end before it when
 *     the pages behind are free and were never written
 * @param depth levels of the tree of records, 0 when there are none
 * @param entries how many records
 */
record PageSummary(long transaction, int pageSize, long lastPage, int depth, long entries) {}
