package dev.plait.properties.defect;

import java.util.function.LongConsumer;

/**
 * A test that may catch a defect.
 *
 * <p>Tests are named by text and not by class, because tests are usually package-private and
 * because their classes are loaded again for each trial.
 */
public sealed interface Suspect {

  /**
   * All tests of one name: a JUnit test, or a property of jqwik.
   *
   * @param type the binary name of the test class
   * @param method the method, which may be inherited
   */
  static Suspect test(String type, String method) {
    return new OfTest(type, method);
  }

  /**
   * A run that is decided by a seed; it fails by throwing.
   *
   * @param type what runs a seed; has a constructor without parameters
   * @param first the first seed to try
   * @param seeds how many seeds to try, counting up
   */
  static Suspect seeds(Class<? extends LongConsumer> type, long first, int seeds) {
    return new OfSeeds(type.getName(), first, seeds);
  }

  /** What it is called in a table. */
  String label();

  /** See {@link #test}. */
  record OfTest(String type, String method) implements Suspect {
    @Override
    public String label() {
      return type.substring(type.lastIndexOf('.') + 1) + "." + method;
    }
  }

  /** See {@link #seeds}. */
  record OfSeeds(String type, long first, int seeds) implements Suspect {
    @Override
    public String label() {
      return type.substring(type.lastIndexOf('.') + 1);
    }
  }
}
