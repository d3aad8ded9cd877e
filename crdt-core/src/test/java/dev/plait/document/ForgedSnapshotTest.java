package dev.plait.document;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plait.change.ContainerId;
import dev.plait.change.Snapshot;
import dev.plait.clock.Dot;
import dev.plait.clock.Frontier;
import dev.plait.clock.HybridTimestamp;
import dev.plait.crdt.State;
import dev.plait.value.ContainerType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A snapshot that is in order in itself but contradicts what is here is refused as a whole. */
class ForgedSnapshotTest {
  private final Peers peers = new Peers();
  private final Document here = peers.document(1);
  private final Document there = peers.document(2);

  ForgedSnapshotTest() {
    for (int i = 0; i < 3; i++) {
      there.transact(tx -> tx.text("body").append("word"));
      there.transact(tx -> tx.mvRegister("owner").set("me"));
      here.transact(tx -> tx.counter("votes").increment());
    }
    Peers.pull(here, there);
    there.transact(tx -> tx.text("body").append("more"));
  }

  private void refused(Snapshot forged) {
    byte[] before = here.canonicalBytes();
    DocumentException refusal = assertThrows(DocumentException.class, () -> here.join(forged));
    assertEquals(DocumentException.INVALID_SNAPSHOT, refusal.code());
    assertArrayEquals(before, here.canonicalBytes());
    here.join(there.snapshot());
    assertEquals("wordwordwordmore", here.text("body").toString());
  }

  private Snapshot withAuthor(Snapshot.Author author) {
    Snapshot honest = there.snapshot();
    List<Snapshot.Author> authors = new ArrayList<>(honest.authors());
    authors.replaceAll(one -> one.replica().equals(author.replica()) ? author : one);
    Dot head = new Dot(author.replica(), author.counter());
    return new Snapshot(
        honest.document(), Frontier.of(List.of(head)), authors, honest.containers());
  }

  private Snapshot.Author honest() {
    return there.snapshot().authors().get(0);
  }

  @Test
  void fewerElementsByMoreChangesAreRefused() {
    Snapshot.Author author = honest();
    refused(
        withAuthor(new Snapshot.Author(author.replica(), author.counter(), 3, author.lastTime())));
  }

  @Test
  void earlierTimeByMoreChangesIsRefused() {
    Snapshot.Author author = honest();
    HybridTimestamp earlier = HybridTimestamp.of(Peers.START - 1, 0);
    refused(
        withAuthor(
            new Snapshot.Author(author.replica(), author.counter(), author.nextSeq(), earlier)));
  }

  @Test
  void elementsInAnotherContainerAreRefused() {
    Snapshot honest = there.snapshot();
    List<Snapshot.ContainerState> containers = new ArrayList<>(honest.containers());
    containers.replaceAll(
        one ->
            one.container().type() == ContainerType.TEXT
                ? new Snapshot.ContainerState(
                    ContainerId.root("bode", ContainerType.TEXT), one.state())
                : one);
    refused(new Snapshot(honest.document(), honest.frontier(), honest.authors(), containers));
  }

  @Test
  void headsThatAreNoneAreRefused() {
    Document third = peers.document(3);
    third.transact(tx -> tx.counter("votes").increment());
    Peers.pull(there, third);
    there.transact(tx -> tx.counter("votes").increment());
    Peers.meet(here, there);
    there.transact(tx -> tx.counter("votes").increment());
    Snapshot honest = there.snapshot();
    Frontier superseded = Frontier.of(List.of(new Dot(third.replica(), 1)));
    refused(new Snapshot(honest.document(), superseded, honest.authors(), honest.containers()));
  }

  @Test
  void stateThatContradictsItselfIsRefused() {
    Snapshot honest = there.snapshot();
    List<Snapshot.ContainerState> containers = new ArrayList<>(honest.containers());
    containers.replaceAll(
        one ->
            one.state() instanceof State.OfMvRegister register
                ? new Snapshot.ContainerState(
                    one.container(), new State.OfMvRegister(register.entries(), List.of()))
                : one);
    refused(new Snapshot(honest.document(), honest.frontier(), honest.authors(), containers));
  }
}
