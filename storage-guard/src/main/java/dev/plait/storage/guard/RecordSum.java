package dev.plait.storage.guard;

import dev.plait.store.StoreException;

/**
 * What a set of records adds up to. Two sets with the same sum are the same set, but for a chance
 * of about one in 2^32 for each record that was exchanged; so a record that is missing, was added
 * or came from elsewhere shows when all have been passed over, in whatever order.
 *
 * <p>The sum is that of Bellare and Micciancio's incremental hashing (1997), over checksums that
 * were mixed first: it finds damage, it does not keep out somebody who wants to deceive.
 *
 * @param count how many records, from 0
 * @param bytes how many bytes they take by the owner's measure, from 0
 * @param sum the sum of their mixed checksums, modulo 2^64
 */
public record RecordSum(long count, long bytes, long sum) {

  /** Of no records. */
  public static final RecordSum EMPTY = new RecordSum(0, 0, 0);

  /**
   * @throws IllegalArgumentException if a number is negative, or there are bytes or a sum of no
   *     records
   */
  public RecordSum {
    if (!isPossible(count, bytes, sum)) {
      throw new IllegalArgumentException(
          "no records have " + count + " records of " + bytes + " bytes and the sum " + sum);
    }
  }

  /**
   * With one more record.
   *
   * @param crc the checksum over all of its key and value
   * @param bytes its size, from 0
   */
  public RecordSum with(long crc, long bytes) {
    return new RecordSum(count + 1, this.bytes + bytes, sum + mixed(crc, bytes));
  }

  /**
   * With one record less.
   *
   * @param crc what it was added with
   * @param bytes what it was added with
   * @throws StoreException.Corrupt if it can't have been among them, so that a record is in the
   *     store of which the sum does not know
   */
  public RecordSum without(long crc, long bytes) {
    long rest = sum - mixed(crc, bytes);
    if (!isPossible(count - 1, this.bytes - bytes, rest)) {
      throw new StoreException.Corrupt(
          "a record of "
              + bytes
              + " bytes is to be removed that is not among the "
              + count
              + " that were written; restore a copy of the store, or repair it",
          null);
    }
    return new RecordSum(count - 1, this.bytes - bytes, rest);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return count == 0;
  }

  static boolean isPossible(long count, long bytes, long sum) {
    return count >= 0 && bytes >= 0 && (count > 0 || (bytes == 0 && sum == 0));
  }

  /* Checksums are linear, so their plain sum could hide two flips; the multiplications of
  SplitMix64's last step are not. */
  private static long mixed(long crc, long bytes) {
    long z = (crc << 32 ^ bytes) + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
