package dev.plait.properties.defect;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tests against classes of which some were compiled with a defect. All other classes under
 * test, and the tests, are loaded anew, so a trial leaves nothing behind.
 */
final class DefectTrial {
  private final ClassLoader loader;

  private DefectTrial(String prefix, Map<String, byte[]> planted) {
    loader = new PlantedLoader(DefectTrial.class.getClassLoader(), prefix, planted);
  }

  /**
   * A trial of classes with a defect.
   *
   * @param prefix how the names begin of all classes that are under test or are tests
   */
  static DefectTrial of(Defect defect, String prefix) {
    return new DefectTrial(prefix, PlantedClass.compile(defect));
  }

  /** A trial of the classes as they are. */
  static DefectTrial withoutDefect(String prefix) {
    return new DefectTrial(prefix, Map.of());
  }

  /**
   * Runs a test.
   *
   * @return how it failed first; null if it passed
   * @throws AssertionError if there is no such test
   */
  @Nullable Finding question(Suspect suspect) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      if (suspect instanceof Suspect.OfTest test) {
        Class<?> type = load(test.type());
        return PlatformRun.of(type, method(type, test.method()));
      }
      Suspect.OfSeeds seeds = (Suspect.OfSeeds) suspect;
      return run(runner(load(seeds.type())), seeds);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static @Nullable Finding run(LongConsumer runner, Suspect.OfSeeds seeds) {
    for (int i = 0; i < seeds.seeds(); i++) {
      try {
        runner.accept(seeds.first() + i);
      } catch (RuntimeException | AssertionError failure) {
        return Finding.of(failure, i + 1L);
      }
    }
    return null;
  }

  private Class<?> load(String type) {
    try {
      return Class.forName(type, true, loader);
    } catch (ClassNotFoundException missing) {
      throw new AssertionError("there is no test class " + type, missing);
    }
  }

  /** The method of this name, of the class or of what it inherits. */
  private static Method method(Class<?> type, String name) {
    for (Class<?> holder = type; holder != null; holder = holder.getSuperclass()) {
      for (Method method : holder.getDeclaredMethods()) {
        if (method.getName().equals(name) && !method.isSynthetic()) {
          return method;
        }
      }
    }
    throw new AssertionError("there is no test " + type.getName() + "." + name);
  }

  private static LongConsumer runner(Class<?> type) {
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return (LongConsumer) constructor.newInstance();
    } catch (ReflectiveOperationException unusable) {
      throw new LinkageError(type + " needs a constructor without parameters", unusable);
    }
  }
}
