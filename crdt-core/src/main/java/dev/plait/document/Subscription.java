package dev.plait.document;

/** A listener's place; closing it ends the events. */
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
