package dev.plait.document;

/**
 * Whatever holds containers by name, to be read: a document with its roots, a map with its
 * children.
 *
 * <p>A view of a container that does not exist yet is empty, and fills when somebody writes to it.
 * Views take no lock of their own; see {@link Document} for threads.
 *
 * <p>Each method throws {@link DocumentException} with {@link DocumentException#TYPE_MISMATCH} if
 * only something of another type is there.
 */
public interface NamedViews {
  /** The text of this name. */
  TextView text(String name);

  /** The list of this name. */
  ListView list(String name);

  /** The map of this name. */
  MapView map(String name);

  /** The add-wins set of this name. */
  SetView set(String name);

  /** The counter of this name. */
  CounterView counter(String name);

  /** The last-writer-wins register of this name. */
  RegisterView register(String name);

  /** The multi-value register of this name. */
  MvRegisterView mvRegister(String name);
}
