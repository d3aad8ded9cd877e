package dev.plait.document;

/**
 * Is told what happens to a document, after it happened and outside any lock.
 *
 * <p>Events arrive one at a time and in the order of the commits, on a thread that caused one of
 * them. A listener may read and change the document. If it throws, the other listeners are still
 * told, then the call that was delivering throws {@link DocumentException} with {@link
 * DocumentException#LISTENER_FAILED}; what was committed stays.
 */
@FunctionalInterface
public interface DocumentListener {
  /** Takes one event. */
  void onEvent(DocumentEvent event);
}
