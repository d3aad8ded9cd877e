package dev.plait.wire;

import static dev.plait.codec.ProtocolException.INVALID_CHANGE;
import static dev.plait.codec.ProtocolException.LIMIT_EXCEEDED;
import static dev.plait.codec.ProtocolException.MALFORMED;
import static dev.plait.codec.ProtocolException.UNSUPPORTED_VERSION;

import com.google.protobuf.ByteString;
import dev.plait.codec.Codec;
import dev.plait.wire.v1.PlaitProto;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class MalformedSnapshotTest {
  private final Codec codec = WireCodec.create();
  private final Tampering tampering = new Tampering();

  private void refused(String code, Consumer<PlaitProto.SnapshotBody.Builder> tamper) {
    byte[] bytes = tampering.snapshotBody(Samples.snapshot(), tamper);
    Expect.refused(code, () -> codec.decodeSnapshot(bytes));
  }

  private void refusedState(
      String code,
      Predicate<PlaitProto.ContainerState> which,
      Consumer<PlaitProto.ContainerState.Builder> tamper) {
    refused(
        code,
        snapshot ->
            snapshot.getStatesBuilderList().stream()
                .filter(state -> which.test(state.build()))
                .findFirst()
                .ifPresent(tamper));
  }

  private void refusedText(String code, Consumer<PlaitProto.TextState.Builder> tamper) {
    refusedState(
        code,
        state -> state.getText().getRuns().getLengthsCount() > 0,
        state -> tamper.accept(state.getTextBuilder()));
  }

  @Test
  void otherVersionsAreUnsupported() {
    for (Consumer<PlaitProto.Snapshot.Builder> tamper :
        List.<Consumer<PlaitProto.Snapshot.Builder>>of(
            snapshot -> snapshot.setVersion(9), snapshot -> snapshot.setOrdering(""))) {
      byte[] bytes = tampering.snapshot(Samples.snapshot(), tamper);
      Expect.refused(UNSUPPORTED_VERSION, () -> codec.decodeSnapshot(bytes));
    }
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
    refused(INVALID_CHANGE, PlaitProto.SnapshotBody.Builder::clearHeads);
  }

  @Test
  void containersAscend() {
    refused(
        INVALID_CHANGE,
        snapshot -> {
          PlaitProto.ContainerState first = snapshot.getStates(0);
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
            snapshot.getStatesBuilder(0).setCounter(PlaitProto.CounterState.getDefaultInstance()));
  }

  @Test
  void nothingIsFromAfterTheVersion() {
    refused(INVALID_CHANGE, snapshot -> snapshot.setNextSeqs(0, 99));
    refused(INVALID_CHANGE, snapshot -> snapshot.setNextSeqs(1, 46));
    refused(INVALID_CHANGE, snapshot -> snapshot.setLastTimes(0, Samples.NOON.bits() - 1));
    refused(
        INVALID_CHANGE,
        snapshot -> {
          for (PlaitProto.ContainerId.Builder container : snapshot.getContainersBuilderList()) {
            if (container.hasElement()) {
              container.getElementBuilder().setSeq(50);
            }
          }
        });
  }

  @Test
  void keysAscend() {
    Predicate<PlaitProto.ContainerState> map = PlaitProto.ContainerState::hasMap;
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
        PlaitProto.ContainerState::hasSet,
        state -> state.getSetBuilder().getIdsBuilder().setReplicas(0, 2));
    refusedState(
        INVALID_CHANGE,
        PlaitProto.ContainerState::hasSet,
        state -> state.getSetBuilder().getSeenBuilder().setReplicas(1, 0));
    refusedState(
        MALFORMED,
        PlaitProto.ContainerState::hasSet,
        state -> state.getSetBuilder().removeValues(0));
    refusedState(
        INVALID_CHANGE,
        PlaitProto.ContainerState::hasMvRegister,
        state ->
            state.getMvRegisterBuilder().getStampsBuilder().setReplicas(1, 1).setOrdinals(1, 0));
    refusedState(
        INVALID_CHANGE,
        PlaitProto.ContainerState::hasMvRegister,
        state -> state.getMvRegisterBuilder().getSeenBuilder().setReplicas(1, 0));
    refusedState(
        MALFORMED,
        PlaitProto.ContainerState::hasMvRegister,
        state -> state.getMvRegisterBuilder().removeValues(0));
    refusedState(
        INVALID_CHANGE,
        PlaitProto.ContainerState::hasCounter,
        state -> state.getCounterBuilder().getAddedBuilder().getLastBuilder().setReplicas(1, 0));
    refusedState(
        INVALID_CHANGE,
        PlaitProto.ContainerState::hasRegister,
        state -> state.getRegisterBuilder().clearStamp());
  }

  private void refusedRuns(String code, Consumer<PlaitProto.Runs.Builder> tamper) {
    refusedText(code, text -> tamper.accept(text.getRunsBuilder()));
  }

  /** The runs of the sample text with one byte of a shape changed. */
  private static Consumer<PlaitProto.Runs.Builder> shape(int run, int bits) {
    return runs -> {
      byte[] shapes = runs.getShapes().toByteArray();
      shapes[run] = (byte) bits;
      runs.setShapes(ByteString.copyFrom(shapes));
    };
  }

  @Test
  void columnsOfRunsFitTogether() {
    refusedRuns(MALFORMED, runs -> runs.setShapes(runs.getShapes().substring(1)));
    refusedRuns(MALFORMED, runs -> runs.addLengths(1));
    refusedRuns(MALFORMED, runs -> runs.addFirstDepths(1));
    refusedRuns(MALFORMED, runs -> runs.addRightDepths(1));
    refusedRuns(MALFORMED, runs -> runs.addIdReplicas(1));
    refusedRuns(MALFORMED, runs -> runs.addFirsts(1));
    refusedRuns(MALFORMED, runs -> runs.addLefts(1));
    refusedRuns(MALFORMED, runs -> runs.addRights(1));
    refusedRuns(MALFORMED, runs -> runs.clearLengths());
    refusedRuns(MALFORMED, runs -> runs.clearFirsts());
    refusedRuns(MALFORMED, runs -> runs.setIdReplicas(0, 3));
    refusedRuns(INVALID_CHANGE, runs -> runs.setIdReplicas(0, -1));
  }

  @Test
  void runsAreWhole() {
    refusedRuns(INVALID_CHANGE, runs -> runs.setLengths(0, 0));
    refusedRuns(INVALID_CHANGE, runs -> runs.setLengths(0, -1));
    refusedRuns(MALFORMED, runs -> runs.setLengths(0, 2));
    refusedText(MALFORMED, PlaitProto.TextState.Builder::clearVisible);
    refusedText(MALFORMED, PlaitProto.TextState.Builder::clearRuns);
    refusedState(
        MALFORMED,
        PlaitProto.ContainerState::hasList,
        state -> state.getListBuilder().removeItems(0));
  }

  @Test
  void shapesSayWhatIsThere() {
    refusedRuns(MALFORMED, shape(0, 0b010_10_00_0)); // goes on from a run, but none is open
    refusedRuns(MALFORMED, shape(0, 0b010_10_10_0)); // a first element said in no known way
    refusedRuns(MALFORMED, shape(0, 0b010_00_11_0)); // left origin in the run before the first
    refusedRuns(MALFORMED, shape(0, 0b001_10_11_0)); // right origin of the run before the first
    refusedRuns(MALFORMED, shape(0, 0b011_10_11_0)); // right origin after the start
    refusedRuns(MALFORMED, shape(0, 0b101_10_11_0)); // a right origin said in no known way
    refusedRuns(MALFORMED, shape(0, 0b100_10_11_0)); // depth of a run is missing
    refusedRuns(MALFORMED, shape(0, 0b010_10_11_1)); // deleted, though its text is there
    refusedRuns(MALFORMED, shape(3, 0b000_11_11_0)); // right origin in a run after the last
  }

  @Test
  void namedElementsHaveNumbersFromOne() {
    refusedRuns(INVALID_CHANGE, runs -> runs.setFirsts(0, -1));
    refusedRuns(INVALID_CHANGE, runs -> runs.setLefts(0, -1_000_000));
    refusedRuns(INVALID_CHANGE, runs -> runs.setRights(0, -1_000_000));
    refusedRuns(INVALID_CHANGE, runs -> runs.setFirsts(0, 1_000_000));
  }

  @Test
  void runsAreAsLongAsTheyCanBe() {
    // The second run has the right origin of the first: then both are one.
    refusedRuns(
        INVALID_CHANGE,
        runs -> {
          shape(1, 0b001_01_00_0).accept(runs);
          runs.clearRights().clearIdReplicas();
          runs.addAllIdReplicas(List.of(2, 0, 2)).clearLefts().addLefts(914);
          shape(3, 0b010_11_11_0).accept(runs);
        });
  }

  @Test
  void elementsAreInOnePlace() {
    refusedRuns(
        INVALID_CHANGE,
        runs -> runs.setIdReplicas(runs.getIdReplicasCount() - 2, 2).setFirsts(1, -904));
  }

  @Test
  void tombstonesAreBounded() {
    refused(
        LIMIT_EXCEEDED,
        snapshot -> {
          snapshot.setNextSeqs(2, Long.MAX_VALUE);
          for (PlaitProto.ContainerState.Builder state : snapshot.getStatesBuilderList()) {
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
