package dev.plait.storage.lmdb;

import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.core.OS;

/**
 * Has Chronicle's classes loaded without what they write to the error output meanwhile: that there
 * is no logging for them, where a program has none, and which option would let them free buffers of
 * a kind that is not used here. Afterwards everything is set as it was.
 */
final class Chronicle {

  private static final String VERBOSITY = "slf4j.internal.verbosity";
  private static final String PROVIDERS = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
  private static final String CLEANERS =
      "net.openhft.chronicle.core.internal.cleaner.ReflectionBasedByteBufferCleanerService";

  private Chronicle() {}

  /** Does nothing of note the second time. Any thread. */
  static synchronized void load() {
    Logger cleaners = Logger.getLogger(CLEANERS);
    Level level = cleaners.getLevel();
    boolean unlogged = System.getProperty(VERBOSITY) == null && !hasLogging();
    cleaners.setLevel(Level.OFF);
    if (unlogged) {
      System.setProperty(VERBOSITY, "ERROR");
    }
    try {
      PointerBytesStore unusedView = new PointerBytesStore();
      OS.memory();
    } finally {
      cleaners.setLevel(level);
      if (unlogged) {
        System.clearProperty(VERBOSITY);
      }
    }
  }

  private static boolean hasLogging() {
    ClassLoader loader = PointerBytesStore.class.getClassLoader();
    return loader != null && loader.getResource(PROVIDERS) != null;
  }
}
