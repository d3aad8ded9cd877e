package dev.plait.properties.defect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Loads the classes under test, and the tests, anew: the planted ones as they were compiled, all
 * others of the given packages from where the parent has them. What does not belong to these
 * packages is the parent's.
 */
final class PlantedLoader extends ClassLoader {
  private final String prefix;
  private final Map<String, byte[]> planted;

  static {
    registerAsParallelCapable();
  }

  /**
   * @param prefix how the names of the classes begin that are loaded anew
   * @param planted classes that take the place of those of the parent
   */
  PlantedLoader(ClassLoader parent, String prefix, Map<String, byte[]> planted) {
    super(parent);
    this.prefix = prefix;
    this.planted = planted;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(prefix)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = planted.get(name);
    if (bytes == null) {
      bytes = original(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] original(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
