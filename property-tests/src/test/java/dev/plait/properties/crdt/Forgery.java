package dev.plait.properties.crdt;

import dev.plait.clock.ElementId;
import dev.plait.clock.ElementRange;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.Stamp;
import dev.plait.crdt.Operation;
import dev.plait.properties.history.Choice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operations that nobody honest makes, and some that somebody could: any origins, ids of others,
 * known ids, ranges that overlap, that name half a pair, or what is not there.
 */
final class Forgery<X> {
  private static final ReplicaId STRANGER = ReplicaId.of(5, 5);

  private final Twin<?, X> twin;
  private final List<ElementId> ids;
  private final ElementId fresh;
  private final Choice choice;
  private final Choice origins;

  private Forgery(Twin<?, X> twin, ElementId fresh, Choice choice, Choice origins) {
    this.twin = twin;
    this.ids = twin.plain().ids();
    this.fresh = fresh;
    this.choice = choice;
    this.origins = origins;
  }

  /**
   * The operation that the choices stand for here.
   *
   * @param fresh an id that no element has
   */
  static <X> Operation of(Twin<?, X> twin, ElementId fresh, Choice choice, Choice origins) {
    return new Forgery<>(twin, fresh, choice, origins).make();
  }

  private Operation make() {
    return switch (choice.kindOf(8)) {
      case 0 -> insertion(fresh, origin(origins.place()), origin(origins.size()));
      case 1 -> repeated();
      case 2 -> insertion(known(choice.place()), origin(origins.place()), origin(origins.size()));
      case 3 -> deletion();
      case 4 -> sibling();
      case 5 -> twin instanceof ListTwin ? replaceOrMove() : between();
      default -> between();
    };
  }

  private ElementId known(int number) {
    return ids.isEmpty() ? new ElementId(STRANGER, 1) : ids.get(number % ids.size());
  }

  /** Mostly the id of an element, at times the start or the end, or of none. */
  private @Nullable ElementId origin(int number) {
    int kind = number % (ids.size() + 2);
    if (kind == ids.size()) {
      return null;
    }
    return kind > ids.size() ? new ElementId(STRANGER, 1 + number % 2) : ids.get(kind);
  }

  /** Two neighbours as origins, or two that are a few apart; also the halves of a pair. */
  private Operation between() {
    int left = origins.placeUpTo(ids.size()) - 1;
    int right = left + 1 + (origins.kindOf(3) == 0 ? origins.size() % 4 : 0);
    return insertion(
        origins.kindOf(5) == 0 ? new ElementId(STRANGER, 7) : fresh,
        left < 0 ? null : ids.get(left),
        right < ids.size() ? ids.get(right) : null);
  }

  /** Takes an element or a position for an element, and an id of either kind for a position. */
  private Operation replaceOrMove() {
    Stamp stamp =
        new Stamp(
            new HybridTimestamp(HybridTimestamp.MIN_VALID.bits() + fresh.seq() % 1000),
            fresh.replica(),
            0);
    ElementId element = known(choice.place());
    if (choice.size() % 4 == 0) {
      return new Operation.ListSet(stamp, element, choice.contentOf(Words.VALUES));
    }
    ElementId position = choice.size() % 4 == 1 ? known(origins.content()) : fresh;
    int left = origins.placeUpTo(ids.size()) - 1;
    return new Operation.ListMove(
        stamp,
        element,
        position,
        left < 0 ? null : ids.get(left),
        left + 1 < ids.size() ? ids.get(left + 1) : null);
  }

  /** A new element with the origins of one that is there, by the same author if that goes. */
  private Operation sibling() {
    if (ids.isEmpty()) {
      return insertion(fresh, null, null);
    }
    ElementId other = known(origins.place());
    long far = choice.size() % 5 == 0 ? Long.MAX_VALUE - choice.size() % 3 : 1L << 41;
    ElementId first = new ElementId(other.replica(), far);
    return insertion(first, twin.plain().leftOf(other), twin.plain().rightOf(other));
  }

  /** An insertion that is there already, or starts or ends with what is there. */
  private Operation repeated() {
    if (ids.isEmpty()) {
      return insertion(fresh, null, null);
    }
    ElementId id = known(choice.place());
    return insertion(id, twin.plain().leftOf(id), twin.plain().rightOf(id));
  }

  private Operation insertion(
      ElementId first, @Nullable ElementId left, @Nullable ElementId right) {
    return twin.forgedInsertion(
        first, left, right, twin.contents(choice.content(), choice.size() % 4));
  }

  private Operation deletion() {
    List<ElementRange> ranges = new ArrayList<>();
    for (int i = 0; i < origins.size() % 4; i++) {
      ElementId first = known(origins.place() + i * origins.content());
      ranges.add(new ElementRange(first, 1 + (choice.size() + i) % 3));
    }
    return twin.forgedDeletion(ranges);
  }
}
