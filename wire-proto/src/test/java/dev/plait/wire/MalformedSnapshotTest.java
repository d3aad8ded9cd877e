package dev.plait.wire;

import static dev.plait.codec.ProtocolException.INVALID_CHANGE;
import static dev.plait.codec.ProtocolException.LIMIT_EXCEEDED;
import static dev.plait.codec.ProtocolException.MALFORMED;
import static dev.plait.codec.ProtocolException.UNSUPPORTED_VERSION;

import com.google.protobuf.ByteString;
import dev.plait.codec.Codec;
import dev.plait.wire.v1.IdProto;
import dev.plait.wire.v1.SnapshotProto;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class MalformedSnapshotTest {
  private final Codec codec = WireCodec.create();
  private final Tampering tampering = new Tampering();

  private void refused(String code, Consumer<SnapshotProto.Snapshot.Builder> tamper) {
    byte[] bytes = tampering.snapshot(Samples.snapshot(), tamper);
    Expect.refused(code, () -> codec.decodeSnapshot(bytes));
  }

  private void refusedState(
      String code,
      Predicate<SnapshotProto.ContainerState> which,
      Consumer<SnapshotProto.ContainerState.Builder> tamper) {
    refused(
        code,
        snapshot ->
            snapshot.getStatesBuilderList().stream()
                .filter(state -> which.test(state.build()))
                .findFirst()
                .ifPresent(tamper));
  }

  private void refusedText(String code, Consumer<SnapshotProto.TextState.Builder> tamper) {
    refusedState(
        code,
        state -> state.getText().getRuns().getLengthsCount() > 0,
        state -> tamper.accept(state.getTextBuilder()));
  }

  @Test
  void otherVersionsAreUnsupported() {
    refused(UNSUPPORTED_VERSION, snapshot -> snapshot.setVersion(9));
    refused(UNSUPPORTED_VERSION, snapshot -> snapshot.setOrdering(""));
    Expect.refused(MALFORMED, () -> codec.decodeSnapshot(new byte[0]));
  }

  @Test
  void authorsAscendAndAreWhole() {
    refused(
        INVALID_CHANGE,
        snapshot -> {
          ByteString ids = snapshot.getReplicas();
          snapshot.setReplicas(
              ids.substring(16, 32).concat(ids.substring(0, 16)).concat(ids.substring(32)));
        });
    refused(MALFORMED, snapshot -> snapshot.addCounters(1));
    refused(MALFORMED, snapshot -> snapshot.setReplicas(snapshot.getReplicas().substring(1)));
    refused(INVALID_CHANGE, snapshot -> snapshot.setCounters(0, 0));
    refused(INVALID_CHANGE, snapshot -> snapshot.setNextSeqs(0, 0));
    refused(INVALID_CHANGE, snapshot -> snapshot.setLastTimes(0, 0));
    refused(
        MALFORMED,
        snapshot -> {
          ByteString ids = snapshot.getReplicas();
          snapshot.setReplicas(
              ids.substring(0, 16).concat(ids.substring(0, 16)).concat(ids.substring(32)));
        });
  }

  @Test
  void headsAreAuthors() {
    refused(MALFORMED, snapshot -> snapshot.addHeads(3));
    refused(INVALID_CHANGE, snapshot -> snapshot.addHeads(0));
    refused(INVALID_CHANGE, snapshot -> snapshot.addHeads(2));
    refused(INVALID_CHANGE, SnapshotProto.Snapshot.Builder::clearHeads);
  }

  @Test
  void containersAscend() {
    refused(
        INVALID_CHANGE,
        snapshot -> {
          SnapshotProto.ContainerState first = snapshot.getStates(0);
          snapshot.setStates(0, snapshot.getStates(1)).setStates(1, first);
        });
    refused(INVALID_CHANGE, snapshot -> snapshot.addStates(7, snapshot.getStates(7)));
    refused(MALFORMED, snapshot -> snapshot.getStatesBuilder(0).setContainer(99));
    refused(MALFORMED, snapshot -> snapshot.getStatesBuilder(0).clearState());
  }

  @Test
  void stateFitsTheContainer() {
    refused(
        INVALID_CHANGE,
        snapshot ->
            snapshot
                .getStatesBuilder(0)
                .setCounter(SnapshotProto.CounterState.getDefaultInstance()));
  }

  @Test
  void nothingIsFromAfterTheVersion() {
    refused(INVALID_CHANGE, snapshot -> snapshot.setNextSeqs(0, 99));
    refused(INVALID_CHANGE, snapshot -> snapshot.setNextSeqs(1, 46));
    refused(INVALID_CHANGE, snapshot -> snapshot.setLastTimes(0, Samples.NOON.bits() - 1));
    refused(
        INVALID_CHANGE,
        snapshot -> {
          for (IdProto.ContainerId.Builder container : snapshot.getContainersBuilderList()) {
            if (container.hasElement()) {
              container.getElementBuilder().setSeq(50);
            }
          }
        });
  }

  @Test
  void keysAscend() {
    Predicate<SnapshotProto.ContainerState> map = SnapshotProto.ContainerState::hasMap;
    refusedState(
        INVALID_CHANGE, map, state -> state.getMapBuilder().getEntriesBuilder(1).setKey("z"));
    refusedState(
        INVALID_CHANGE, map, state -> state.getMapBuilder().getEntriesBuilder(1).setKey(""));
    refusedState(
        LIMIT_EXCEEDED,
        map,
        state -> state.getMapBuilder().getEntriesBuilder(5).setKey("𝄞".repeat(257)));
    refusedState(
        INVALID_CHANGE, map, state -> state.getMapBuilder().getEntriesBuilder(0).setCleared(true));
    refusedState(
        INVALID_CHANGE, map, state -> state.getMapBuilder().getEntriesBuilder(0).clearStamp());
  }

  @Test
  void entriesAscend() {
    refusedState(
        INVALID_CHANGE,
        SnapshotProto.ContainerState::hasSet,
        state -> state.getSetBuilder().getIdsBuilder().setReplicas(0, 2));
    refusedState(
        INVALID_CHANGE,
        SnapshotProto.ContainerState::hasSet,
        state -> state.getSetBuilder().getSeenBuilder().setReplicas(1, 0));
    refusedState(
        MALFORMED,
        SnapshotProto.ContainerState::hasSet,
        state -> state.getSetBuilder().removeValues(0));
    refusedState(
        INVALID_CHANGE,
        SnapshotProto.ContainerState::hasMvRegister,
        state ->
            state.getMvRegisterBuilder().getStampsBuilder().setReplicas(1, 1).setOrdinals(1, 0));
    refusedState(
        INVALID_CHANGE,
        SnapshotProto.ContainerState::hasMvRegister,
        state -> state.getMvRegisterBuilder().getSeenBuilder().setReplicas(1, 0));
    refusedState(
        MALFORMED,
        SnapshotProto.ContainerState::hasMvRegister,
        state -> state.getMvRegisterBuilder().removeValues(0));
    refusedState(
        INVALID_CHANGE,
        SnapshotProto.ContainerState::hasCounter,
        state -> state.getCounterBuilder().getAddedBuilder().getLastBuilder().setReplicas(1, 0));
    refusedState(
        INVALID_CHANGE,
        SnapshotProto.ContainerState::hasRegister,
        state -> state.getRegisterBuilder().clearStamp());
  }

  @Test
  void runsAreWhole() {
    refusedText(MALFORMED, text -> text.getRunsBuilder().addDeleted(true));
    refusedText(MALFORMED, text -> text.getRunsBuilder().getLeftsBuilder().addSeqs(1));
    refusedText(MALFORMED, text -> text.getRunsBuilder().getRightsBuilder().addReplicas(1));
    refusedText(INVALID_CHANGE, text -> text.getRunsBuilder().setLengths(0, 0));
    refusedText(INVALID_CHANGE, text -> text.getRunsBuilder().setLengths(0, -1));
    refusedText(MALFORMED, text -> text.getRunsBuilder().setLengths(0, 2));
    refusedText(MALFORMED, text -> text.getRunsBuilder().setDeleted(0, true));
    refusedText(MALFORMED, text -> text.getRunsBuilder().getLeftsBuilder().setReplicas(0, 1));
    refusedText(MALFORMED, SnapshotProto.TextState.Builder::clearVisible);
    refusedState(
        MALFORMED,
        SnapshotProto.ContainerState::hasList,
        state -> state.getListBuilder().removeItems(0));
  }

  @Test
  void runsAreAsLongAsTheyCanBe() {
    refusedText(
        INVALID_CHANGE,
        text -> text.getRunsBuilder().getRightsBuilder().setReplicas(0, 2).setSeqs(0, 11));
  }

  @Test
  void elementsAreInOnePlace() {
    refusedText(
        INVALID_CHANGE,
        text -> text.getRunsBuilder().getFirstsBuilder().setReplicas(3, 2).setSeqs(3, 100));
    refusedText(
        INVALID_CHANGE,
        text -> text.getRunsBuilder().getFirstsBuilder().setReplicas(3, 0).setSeqs(3, 99));
  }

  @Test
  void tombstonesAreBounded() {
    refused(
        LIMIT_EXCEEDED,
        snapshot -> {
          snapshot.setNextSeqs(2, Long.MAX_VALUE);
          for (SnapshotProto.ContainerState.Builder state : snapshot.getStatesBuilderList()) {
            if (state.getText().getRuns().getLengthsCount() > 0) {
              state.getTextBuilder().getRunsBuilder().setLengths(2, 1 << 28);
            }
          }
        });
  }

  @Test
  void utf16IsForIllFormedTextOnly() {
    refusedText(
        MALFORMED, text -> text.setUnits(ByteString.copyFrom(new byte[] {0, 'a', 0, 'b', 0})));
    refusedText(
        MALFORMED,
        text ->
            text.setUnits(
                ByteString.copyFrom(new byte[] {0, 'a', 0, 'b', 0, 'c', 0, 'd', 0, 'e', 0, 'f'})));
  }
}
