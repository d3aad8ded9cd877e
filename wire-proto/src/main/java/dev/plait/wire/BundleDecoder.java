package dev.plait.wire;

import dev.plait.change.ChangeColumns;
import dev.plait.codec.ChangesDecoder;
import dev.plait.codec.Limits;
import java.util.function.IntFunction;

/**
 * Decodes bundles one after another with the same readers, which remember how the last header
 * started: that of the same author's next keystroke starts with the very same bytes.
 *
 * <p>A short bundle is copied to where all of them are read from, so that the readers refer to the
 * same bytes always, and to none of a caller afterwards.
 */
final class BundleDecoder implements ChangesDecoder {
  private static final int SHORT_BYTES = 2048;

  private final Limits limits;
  private final BundleReader bundle;
  private final ChunkReader chunks;
  private final byte[] copy = new byte[SHORT_BYTES];

  BundleDecoder(Limits limits) {
    this.limits = limits;
    this.bundle = new BundleReader(limits);
    this.chunks = new ChunkReader(limits);
  }

  @Override
  public int decodeBundle(byte[] bytes, String document, IntFunction<ChangeColumns> into) {
    if (bytes.length > SHORT_BYTES) {
      return decode(limits, bytes, document, into);
    }
    System.arraycopy(bytes, 0, copy, 0, bytes.length);
    return read(bundle, chunks, copy, bytes.length, document, into);
  }

  /** Decodes one bundle. */
  static int decode(Limits limits, byte[] bytes, String document, IntFunction<ChangeColumns> into) {
    BundleReader bundle = new BundleReader(limits);
    return read(bundle, new ChunkReader(limits), bytes, bytes.length, document, into);
  }

  private static int read(
      BundleReader bundle,
      ChunkReader chunks,
      byte[] bytes,
      int length,
      String document,
      IntFunction<ChangeColumns> into) {
    bundle.start(bytes, length);
    while (bundle.next()) {
      ChangeColumns columns = into.apply(bundle.count() - 1);
      chunks.read(bytes, bundle.from(), bundle.to(), document, columns);
    }
    return bundle.count();
  }
}
