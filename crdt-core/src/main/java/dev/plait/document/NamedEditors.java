package dev.plait.document;

/**
 * Whatever holds containers by name, inside a transaction: the container is created on first use.
 *
 * <p>Editors are valid until their transaction ends, then every call throws {@link
 * DocumentException} with {@link DocumentException#TRANSACTION_ENDED}.
 */
public interface NamedEditors extends NamedViews {
  @Override
  TextEditor text(String name);

  @Override
  ListEditor list(String name);

  @Override
  MapEditor map(String name);

  @Override
  SetEditor set(String name);

  @Override
  CounterEditor counter(String name);

  @Override
  RegisterEditor register(String name);

  @Override
  MvRegisterEditor mvRegister(String name);
}
