package dev.plait.storage.lmdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The free pages: one record for each transaction that freed some, in which their numbers descend.
 * Not thread-safe.
 */
final class FreeList implements TreeWalk.Entries {

  private final PageFile file;
  private final Meta meta;
  private final PageSet used;
  private final PageSet freedEarlier;
  private final ByteBuffer block;

  /**
   * An empty list.
   *
   * @param meta the commit whose list it is
   * @param used the pages met so far; the free ones are added
   * @param freedEarlier where those are added that commits before this one freed
   */
  FreeList(PageFile file, Meta meta, PageSet used, PageSet freedEarlier) {
    this.file = file;
    this.meta = meta;
    this.used = used;
    this.freedEarlier = freedEarlier;
    this.block = ByteBuffer.allocate(file.pageSize()).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void entry(TreePage leaf, long page, int node) throws IOException {
    long transaction = leaf.keyNumber(node);
    if (transaction < 1 || transaction > meta.transaction()) {
      throw file.corrupt(page, "pages freed in transaction " + transaction);
    }
    long size = leaf.valueSize(node);
    if (size < Long.BYTES || size % Long.BYTES != 0) {
      throw file.corrupt(page, "a list of free pages of " + size + " bytes");
    }
    long position = leaf.valuePosition(page, node);
    long count = 0;
    long before = Long.MAX_VALUE;
    // The first number says how many follow; room behind them may be left over.
    for (long index = 0; index <= count; index++) {
      long number = number(page, position, size, index);
      if (index == 0) {
        count = number;
        if (count < 0 || count > size / Long.BYTES - 1) {
          throw file.corrupt(page, count + " free pages in a list of " + size + " bytes");
        }
        continue;
      }
      if (number < Meta.COUNT || number > meta.lastPage() || number >= before) {
        throw file.corrupt(page, "free page " + number + " after " + before);
      }
      if (!used.add(number)) {
        throw file.corrupt(number, "free twice, or free and in use");
      }
      if (transaction < meta.transaction()) {
        freedEarlier.add(number);
      }
      before = number;
    }
  }

  private long number(long page, long position, long size, long index) throws IOException {
    int slots = file.pageSize() / Long.BYTES;
    int slot = (int) (index % slots);
    if (slot == 0) {
      long from = index * Long.BYTES;
      block.limit((int) Math.min(file.pageSize(), size - from));
      ByteBuffer part = block.slice(0, block.limit());
      if (!file.read(position + from, part)) {
        throw file.corrupt(page, "the file ends within a list of free pages");
      }
    }
    return block.getLong(slot * Long.BYTES);
  }
}
