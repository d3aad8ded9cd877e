package dev.plait.wire;

import dev.plait.change.ChangeColumns;
import dev.plait.codec.ChangesDecoder;
import dev.plait.codec.Limits;
import java.util.function.IntFunction;

/**
 * Decodes bundles one after another with the same readers, which remember how the last header
 * started: that of the same author's next keystroke starts with the very same bytes.
 */
final class BundleDecoder implements ChangesDecoder {
  /** Up to here bundles are read by what is kept: it goes on to refer to their bytes. */
  private static final int SHORT_BYTES = 2048;

  private final Limits limits;
  private final BundleReader bundle;
  private final ChunkReader chunks;

  BundleDecoder(Limits limits) {
    this.limits = limits;
    this.bundle = new BundleReader(limits);
    this.chunks = new ChunkReader(limits);
  }

  @Override
  public int decodeBundle(byte[] bytes, String document, IntFunction<ChangeColumns> into) {
    return bytes.length <= SHORT_BYTES
        ? read(bundle, chunks, bytes, document, into)
        : decode(limits, bytes, document, into);
  }

  /** Decodes one bundle. */
  static int decode(Limits limits, byte[] bytes, String document, IntFunction<ChangeColumns> into) {
    BundleReader bundle = new BundleReader(limits);
    return read(bundle, new ChunkReader(limits), bytes, document, into);
  }

  private static int read(
      BundleReader bundle,
      ChunkReader chunks,
      byte[] bytes,
      String document,
      IntFunction<ChangeColumns> into) {
    bundle.start(bytes);
    while (bundle.next()) {
      ChangeColumns columns = into.apply(bundle.count() - 1);
      if (!chunks.readIfKnown(bytes, bundle.from(), bundle.to(), document, columns)) {
        return -1;
      }
    }
    return bundle.count();
  }
}
