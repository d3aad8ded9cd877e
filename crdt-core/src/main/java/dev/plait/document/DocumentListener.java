package dev.plait.document;

/**
 * Is told what happens to a document, after it happened and outside any lock.
 *
 * <p>Events arrive one at a time and in the order of the commits, on a thread that caused one of
 * them, or in the background where the document belongs to a replica and the change came from a
 * peer. A listener hears of commits that begin after it was added, and may read and change the
 * document. If it throws, the other listeners are still told; then the failure goes to {@link
 * DocumentBuilder#onListenerFailure}, or, if none is set, the call that was delivering throws
 * {@link DocumentException} with {@link DocumentException#LISTENER_FAILED}. What was committed
 * stays.
 */
@FunctionalInterface
public interface DocumentListener {
  /** Takes one event. */
  void onEvent(DocumentEvent event);
}
