package dev.plait.document;

import dev.plait.change.ChangeColumns;
import dev.plait.change.Chunk;
import dev.plait.clock.ReplicaId;
import dev.plait.codec.ChangesDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one import, and where they are decoded into: what is short is decoded into the same
 * columns each time, so that a keystroke of somebody else takes no memory to read.
 */
final class Blocks implements IntFunction<ChangeColumns> {
  private static final int SHORT_BYTES = 2048;

  private final ReplicaId replica;
  private final ChangesDecoder decoder;
  private final Block scratch;
  private final List<Block> taken = new ArrayList<>(1);
  private final List<Block> alone;
  private boolean brief;

  /** Whether the scratch block is the only one. */
  private boolean single;

  /** Empty blocks; {@code replica} stands in until something is decoded. */
  Blocks(ReplicaId replica, ChangesDecoder decoder) {
    this.replica = replica;
    this.decoder = decoder;
    this.scratch = new Block(new ChangeColumns(replica), false);
    this.alone = List.of(scratch);
  }

  /** The blocks of a bundle, which must belong to this document; null if one can't be read. */
  @Nullable List<Block> decode(byte[] bundle, String document) {
    begin(bundle.length);
    int chunks = decoder.decodeBundle(bundle, document, this);
    return chunks < 0 ? null : decoded();
  }

  /** Starts over, to take what so many bytes hold. */
  void begin(long bytes) {
    if (!taken.isEmpty()) {
      taken.clear();
    }
    single = false;
    brief = bytes <= SHORT_BYTES;
  }

  /** The columns for the n-th block. */
  @Override
  public ChangeColumns apply(int number) {
    if (brief && number == 0) {
      single = true;
      return scratch.columns;
    }
    if (single) {
      single = false;
      taken.add(scratch);
    }
    Block block = new Block(new ChangeColumns(replica), true);
    taken.add(block);
    return block.columns;
  }

  /** The blocks, once all are decoded, each from one of these chunks. */
  List<Block> decoded(List<Chunk> chunks) {
    List<Block> blocks = decoded();
    for (int i = 0; i < blocks.size(); i++) {
      blocks.get(i).source = chunks.get(i);
    }
    return blocks;
  }

  /** The blocks, once all are decoded. */
  private List<Block> decoded() {
    if (single) {
      scratch.restart();
      return alone;
    }
    for (int i = 0; i < taken.size(); i++) {
      taken.get(i).restart();
    }
    return taken;
  }
}
