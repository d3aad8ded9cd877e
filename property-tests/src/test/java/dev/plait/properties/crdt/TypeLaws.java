package dev.plait.properties.crdt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.crdt.Crdt;
import dev.plait.crdt.Operation;
import dev.plait.properties.law.CrdtLaws;
import dev.plait.properties.law.History;
import dev.plait.properties.law.Made;
import dev.plait.properties.specification.Event;
import dev.plait.properties.specification.TypeSpecification;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * What every data type of Plait's promises: the laws of all replicated types, and more about
 * states, patches, taking back and the definition of the type.
 *
 * @param <C> the type
 * @param <V> what a reader sees of it
 */
abstract class TypeLaws<C extends Crdt, V> extends CrdtLaws<C, Operation> {
  private final TypeUnderTest<C, V> type;
  private final TypeSubject<C, V> subject;

  TypeLaws(TypeUnderTest<C, V> type) {
    this(type, new TypeSubject<>(type));
  }

  private TypeLaws(TypeUnderTest<C, V> type, TypeSubject<C, V> subject) {
    super(subject);
    this.type = type;
    this.subject = subject;
  }

  @Property
  void statesAndValuesAreEqualAsTheBytesAre(@ForAll("histories") History history) {
    law(
        "Equal operations give equal states and values",
        subject,
        history,
        run -> {
          run.play();
          for (int replica = 0; replica < run.replicas(); replica++) {
            C crdt = run.state(replica);
            Face<V> expected = face(run.replay(run.held(replica)));
            assertEquals(expected, face(crdt));
            assertEquals(expected, face(type.of(crdt.state())));
          }
          Face<V> both = face(run.replay(run.held(0, 1)));
          assertEquals(both, face(joined(run.state(0), run.state(1))));
          assertEquals(both, face(joined(run.state(1), run.state(0))));
        });
  }

  @Property
  void whatIsKnownAlreadyGivesAnEmptyPatch(@ForAll("histories") History history) {
    law(
        "What is known already gives an empty patch",
        subject,
        history,
        run -> {
          run.play();
          for (int replica = 0; replica < run.replicas(); replica++) {
            C crdt = run.state(replica);
            for (Made<Operation> one : run.held(replica)) {
              assertTrue(crdt.apply(one.operation(), null).isEmpty(), one::toString);
            }
            assertTrue(crdt.join(crdt.state(), null).isEmpty(), "its own state");
          }
          C joined = joined(run.state(0), run.state(1));
          assertTrue(joined.join(run.state(1).state(), null).isEmpty(), "B joined twice");
        });
  }

  @Property
  void patchesAppliedToTheValueBeforeGiveTheValueAfter(@ForAll("histories") History history) {
    law(
        "A patch applied to the value before gives the value after",
        new PatchSubject<>(type),
        history,
        run -> {
          run.play();
          run.meet();
        });
  }

  @Property
  void whatIsRolledBackLeavesNothingBehind(@ForAll("histories") History history) {
    law(
        "What is rolled back leaves nothing behind",
        new RehearsedSubject<>(type),
        history,
        run -> {
          run.play();
          run.meet();
          assertAllSame(run);
        });
  }

  @Property
  void operationsRolledBackTogetherLeaveNothingBehind(@ForAll("histories") History history) {
    RehearsedSubject<C, V> rehearsed = new RehearsedSubject<>(type);
    law(
        "Operations that are rolled back together leave nothing behind",
        subject,
        history,
        run -> {
          run.play();
          for (int replica = 0; replica < run.replicas(); replica++) {
            C crdt = run.state(replica);
            List<Made<Operation>> missing = new ArrayList<>(run.made());
            missing.removeAll(run.held(replica));
            rehearsed.rehearse(
                crdt,
                "getting " + missing.size() + " operations",
                back -> missing.forEach(one -> crdt.apply(one.operation(), back)));
          }
          run.meet();
          assertAllSame(run);
        });
  }

  @Property
  void readersSeeWhatTheDefinitionOfTheTypeSays(@ForAll("histories") History history) {
    law(
        "Readers see what the definition of the type says",
        subject,
        history,
        run -> {
          run.play();
          for (int replica = 0; replica < run.replicas(); replica++) {
            C crdt = run.state(replica);
            Object specified = TypeSpecification.of(crdt.type(), events(run.held(replica)));
            assertEquals(specified, type.visible(crdt));
          }
        });
  }

  private static List<Event> events(List<Made<Operation>> operations) {
    return operations.stream()
        .map(one -> Event.of(one.number(), one.past(), one.operation()))
        .toList();
  }

  private Face<V> face(C crdt) {
    return Face.of(type, crdt);
  }
}
