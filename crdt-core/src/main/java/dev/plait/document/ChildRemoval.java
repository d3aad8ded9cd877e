package dev.plait.document;

import dev.plait.change.ContainerId;
import dev.plait.crdt.AddWinsSet;
import dev.plait.crdt.Counter;
import dev.plait.crdt.Crdt;
import dev.plait.crdt.List;
import dev.plait.crdt.ListDelta;
import dev.plait.crdt.LwwMap;
import dev.plait.crdt.LwwRegister;
import dev.plait.crdt.MvRegister;
import dev.plait.crdt.Operation;
import dev.plait.crdt.Patch;
import dev.plait.crdt.Rollback;
import dev.plait.crdt.Text;
import dev.plait.crdt.TextDelta;
import dev.plait.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what this replica sees of the children under a map key: for every container below, an
 * operation that names exactly what is there. Whatever others add meanwhile is not named, and so
 * survives.
 */
final class ChildRemoval {
  private ChildRemoval() {}

  static void clear(LocalTransaction transaction, ContainerId map, String key) {
    for (Container container : transaction.containers().below(map, key)) {
      transaction.touch(container);
      Crdt crdt = container.crdt();
      Rollback rollback = transaction.rollback();
      if (crdt instanceof Text text && text.length() > 0) {
        TextDelta patch = TextDelta.splice(0, text.length(), "");
        transaction.record(container, text.delete(0, text.length(), rollback), patch);
      } else if (crdt instanceof List list && list.size() > 0) {
        ListDelta patch = ListDelta.splice(0, list.size(), java.util.List.of());
        transaction.record(container, list.delete(0, list.size(), rollback), patch);
      } else if (crdt instanceof AddWinsSet set) {
        java.util.List<Value> gone = set.values();
        record(transaction, container, set.clear(rollback), removed(gone));
      } else if (crdt instanceof Counter counter) {
        record(transaction, container, counter.reset(rollback), null);
      } else if (crdt instanceof LwwRegister register) {
        record(transaction, container, register.clear(rollback), null);
      } else if (crdt instanceof MvRegister register) {
        record(transaction, container, register.clear(rollback), null);
      } else if (crdt instanceof LwwMap slots) {
        for (String shown : slots.keys()) {
          transaction.touchKey(container.id(), shown);
          record(transaction, container, slots.clear(shown, rollback), null);
        }
      }
    }
  }

  private static Patch removed(java.util.List<Value> gone) {
    return new Patch.OfSet(java.util.List.of(), gone);
  }

  private static void record(
      LocalTransaction transaction,
      Container container,
      @Nullable Operation operation,
      @Nullable Patch patch) {
    if (operation != null) {
      transaction.record(container, operation, patch);
    }
  }
}
