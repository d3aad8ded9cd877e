package dev.plait.properties.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.change.ContainerId;
import dev.plait.clock.VersionVector;
import dev.plait.document.ApplyReport;
import dev.plait.document.Document;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What documents promise, in random histories of three to six of them. */
class DocumentProperties {

  @Provide
  Arbitrary<DocumentHistory> histories() {
    return DocumentHistory.histories();
  }

  @Property
  void documentsThatHeardEverythingAreEqual(@ForAll("histories") DocumentHistory history) {
    Group group = Group.of(history);
    group.meet();
    Face first = Face.of(group.members().get(0).document());
    for (Member member : group.members()) {
      assertEquals(first, Face.of(member.document()), group::toString);
      assertEquals(0, member.document().pendingCount(), group::toString);
      assertEquals(List.of(), member.document().missing(), group::toString);
    }
  }

  @Property
  void forksAndDocumentsOpenedFromSnapshotsEqualTheirOriginals(
      @ForAll("histories") DocumentHistory history) {
    Group group = Group.of(history);
    for (Member member : group.members()) {
      Document fresh = group.fresh();
      ApplyReport report = fresh.join(member.document().encodedSnapshot());
      assertTrue(report.isComplete(), group::toString);
      assertEquals(Face.of(member.document()), Face.of(fresh), group::toString);
    }
    assertEquals(List.of(), group.unequalCopies(), group::toString);
  }

  @Property
  void aTransactionThatThrowsLeavesNothingBehind(@ForAll("histories") DocumentHistory history) {
    Group group = Group.of(history);
    assertEquals(List.of(), group.leftBehind(), group::toString);
  }

  @Property
  void patchesAloneTellWhatIsVisible(@ForAll("histories") DocumentHistory history) {
    Group group = Group.of(history);
    group.meet();
    for (Member member : group.members()) {
      Map<ContainerId, Object> visible = Visible.of(member.document());
      assertEquals(visible, member.shadow().of(visible.keySet()), group::toString);
      assertEquals(List.of(), member.shadow().wrong(), group::toString);
    }
  }

  @Property
  void theWholeHistoryMakesAFreshDocumentEqual(@ForAll("histories") DocumentHistory history) {
    Group group = Group.of(history);
    for (Member member : group.members()) {
      Document document = member.document();
      if (document.historyFloor().isEmpty()) {
        Document fresh = group.fresh();
        ApplyReport report = fresh.apply(document.changesSince(VersionVector.empty()));
        assertTrue(report.isComplete(), group::toString);
        assertEquals(Face.of(document), Face.of(fresh), group::toString);
      }
    }
  }

  @Property
  void everyImportTellsTheFateOfEachChangeExactlyOnce(
      @ForAll("histories") DocumentHistory history) {
    Group group = Group.of(history);
    group.meet();
    assertEquals(List.of(), group.miscounted(), group::toString);
  }
}
