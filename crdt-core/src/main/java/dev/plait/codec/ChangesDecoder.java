package dev.plait.codec;

import dev.plait.change.ChangeColumns;
import java.util.function.IntFunction;

/**
 * Decodes bundles as {@link Codec#decodeBundle(byte[], String, IntFunction)} does, one after
 * another: what it needs for that it makes once, so that a keystroke of somebody else takes no
 * memory to decode. What it decodes depends on nothing that it decoded before. Not thread-safe.
 */
public interface ChangesDecoder {
  /**
   * Decodes all changes of a bundle, chunk by chunk, into columns.
   *
   * @param document the document they must belong to
   * @param into gives the columns to decode the n-th chunk into, whatever these held before
   * @return how many chunks there were; -1 if the payload of one {@linkplain Codec#canRead can't be
   *     read}: nothing that was decoded is of use then, and {@link Codec#decodeBundle(byte[])}
   *     gives the chunks
   * @throws ProtocolException if the bytes break the format or a limit; WRONG_DOCUMENT if they
   *     belong to another document. The decoder can be used on
   */
  int decodeBundle(byte[] bytes, String document, IntFunction<ChangeColumns> into);
}
