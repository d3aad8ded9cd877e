package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.value.ContainerType;

/** A transaction as its user holds it. */
final class RootEditors implements Transaction {
  private final Document document;
  private final LocalTransaction transaction;
  private final long number;

  RootEditors(Document document, LocalTransaction transaction) {
    this.document = document;
    this.transaction = transaction;
    this.number = transaction.number();
  }

  /** Whether the transaction is the one that is open. */
  boolean isOpen() {
    return transaction.number() == number;
  }

  LocalTransaction transaction() {
    return transaction;
  }

  @Override
  public Document document() {
    return document;
  }

  private ContainerId root(String name, ContainerType type) {
    if (!isOpen()) {
      throw new DocumentException(
          DocumentException.TRANSACTION_ENDED,
          "a transaction of document \"" + document.name() + "\" was used after its end");
    }
    return document.access().root(name, type);
  }

  @Override
  public TextEditor text(String name) {
    return new TextHandle(document, root(name, ContainerType.TEXT), this);
  }

  @Override
  public ListEditor list(String name) {
    return new ListHandle(document, root(name, ContainerType.LIST), this);
  }

  @Override
  public MapEditor map(String name) {
    return new MapHandle(document, root(name, ContainerType.MAP), this);
  }

  @Override
  public SetEditor set(String name) {
    return new SetHandle(document, root(name, ContainerType.SET), this);
  }

  @Override
  public CounterEditor counter(String name) {
    return new CounterHandle(document, root(name, ContainerType.COUNTER), this);
  }

  @Override
  public RegisterEditor register(String name) {
    return new RegisterHandle(document, root(name, ContainerType.REGISTER), this);
  }

  @Override
  public MvRegisterEditor mvRegister(String name) {
    return new MvRegisterHandle(document, root(name, ContainerType.MV_REGISTER), this);
  }
}
