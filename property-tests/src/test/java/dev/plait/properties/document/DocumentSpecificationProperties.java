package dev.plait.properties.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.change.Change;
import dev.plait.properties.specification.DocumentSpecification;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Documents show what the specification says of the changes they have applied. */
class DocumentSpecificationProperties {

  @Provide
  Arbitrary<DocumentHistory> histories() {
    return DocumentHistory.histories();
  }

  @Property
  void whatADocumentShowsFollowsFromTheBareSetOfItsChanges(
      @ForAll("histories") DocumentHistory history) {
    Group group = Group.of(history);
    assertAllAreAsSpecified(group);
    group.meet();
    assertAllAreAsSpecified(group);
  }

  private static void assertAllAreAsSpecified(Group group) {
    for (Member member : group.members()) {
      List<Change> applied = new ArrayList<>();
      for (Change change : group.made()) {
        if (member.document().versionVector().contains(change.dot())) {
          applied.add(change);
        }
      }
      Collections.reverse(applied);
      assertEquals(
          DocumentSpecification.visible(applied),
          Visible.of(member.document()),
          () -> "replica " + member.number() + " of" + group);
    }
  }
}
