package dev.plait.document;

import dev.plait.value.Value;
import java.util.List;

/** A multi-value register, to be read. */
public interface MvRegisterView {
  /** All values written concurrently and not superseded, in stamp order; empty if none was set. */
  List<Value> values();
}
