package dev.plait.properties.store;

import dev.plait.store.ChangeStore;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link ChangeStore} does, as tests: extend it in yours and say how your store is
 * opened. A store that is kept in files extends {@link FileStoreContract} instead.
 *
 * <p>Two more methods are there to be overridden: {@code openWithRoomFor} for a store that can be
 * limited, {@code storedLength} for one that wraps what it is given.
 */
@Timeout(300) // seconds; only so that a deadlock ends
public abstract class ChangeStoreContract
    implements ChunkContract,
        SnapshotContract,
        QuarantineContract,
        RemovalContract,
        RewritingContract,
        IdentityContract,
        NameContract,
        LimitContract,
        SizeContract,
        UpkeepContract,
        BatchContract,
        LifecycleContract,
        ThreadContract {

  /** For those who extend it. */
  protected ChangeStoreContract() {}

  /**
   * Opens the store of the running test: the same place with each call of one test, a new and empty
   * one for each test. It is closed before it is opened again, but where a test says otherwise.
   */
  protected abstract ChangeStore open();

  @Override
  public final ChangeStore opened() {
    return open();
  }
}
