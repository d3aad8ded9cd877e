package dev.plait.properties.store;

import dev.plait.store.ChangeStore;
import dev.plait.store.Durability;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link ChangeStore} does that is kept in files: {@link ChangeStoreContract}, and that
 * nobody else opens it, that it takes nothing for its own that is not, and that it knows when it
 * was copied or has lost something. Extend it in your tests, in a top-level class whose constructor
 * has no parameters: other processes make it too, to open the store there.
 *
 * <p>Once closed, all files of a store are its {@linkplain #open(Path) place} or in it or beside
 * it, and can be copied together.
 */
public abstract class FileStoreContract extends ChangeStoreContract
    implements ClaimContract, RefusalContract, CopyContract {

  @TempDir Path directory;

  /** For those who extend it. */
  protected FileStoreContract() {}

  /**
   * Opens the store that is kept at a place.
   *
   * @param place a file or a directory, as the store has it; if there is nothing, a new store is
   *     made. The directory around it is there, unless a test says otherwise.
   */
  @Override
  public abstract ChangeStore open(Path place);

  /**
   * Makes a closed store look like one of a later release: with a number of its layout that is
   * above all that this release reads, and otherwise as it is.
   */
  @Override
  public abstract void makeNewer(Path place) throws Exception;

  /** What {@link #open(Path)} promises; {@link Durability#FULL} if not overridden. */
  @Override
  public Durability promise() {
    return Durability.FULL;
  }

  @Override
  protected final ChangeStore open() {
    return open(home().resolve(NAME));
  }

  @Override
  public final FileStoreContract contract() {
    return this;
  }

  @Override
  public final Path directory() {
    return directory;
  }
}
