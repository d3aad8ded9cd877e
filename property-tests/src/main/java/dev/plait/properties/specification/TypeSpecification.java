package dev.plait.properties.specification;

import dev.plait.value.ContainerType;
import dev.plait.value.Content;
import dev.plait.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What an instance of a data type must show that has applied exactly these operations.
 *
 * <p>Each function works on the bare set: the order of the list says nothing. What happened before
 * what is taken from {@link Event#hasSeen}; what an operation says that it observed, replaces or
 * supersedes is not believed, except to learn which values, units or elements it is about. Cost:
 * O(n²) in the number of events. Stateless.
 */
public final class TypeSpecification {
  private TypeSpecification() {}

  /** The value of the last write that nobody had cleared who saw it. */
  public static Optional<Value> register(List<Event> events) {
    return RegisterSpecification.value(events);
  }

  /** All values that nobody had seen who wrote or cleared, in stamp order. */
  public static List<Value> mvRegister(List<Event> events) {
    return MvRegisterSpecification.values(events);
  }

  /** All values added by an add that nobody had seen who removed the value or added it again. */
  public static SortedSet<Value> set(List<Event> events) {
    return SetSpecification.values(events);
  }

  /** The sum of what no reset had seen; the nearest end of the range if a long can't hold it. */
  public static long counter(List<Event> events) {
    return CounterSpecification.value(events);
  }

  /** For each key what the last write put, unless it removed or was seen by a clear of the key. */
  public static SortedMap<String, Content> map(List<Event> events) {
    return MapSpecification.entries(events);
  }

  /** What all elements that nobody deleted hold, each where it was inserted or moved to last. */
  public static List<Content> list(List<Event> events) {
    return List.copyOf(ListSpecification.elements(events).values());
  }

  /** All units that nobody deleted. */
  public static String text(List<Event> events) {
    return TextSpecification.value(events);
  }

  /**
   * The same for any type, in the form of {@link dev.plait.properties.document.Visible}: what the
   * function for this type returns.
   */
  public static Object of(ContainerType type, List<Event> events) {
    return switch (type) {
      case REGISTER -> register(events);
      case MV_REGISTER -> mvRegister(events);
      case SET -> set(events);
      case COUNTER -> counter(events);
      case MAP -> map(events);
      case LIST -> list(events);
      case TEXT -> text(events);
    };
  }
}
