package dev.plait.wire;

import static dev.plait.codec.ProtocolException.INVALID_CHANGE;
import static dev.plait.codec.ProtocolException.LIMIT_EXCEEDED;
import static dev.plait.codec.ProtocolException.MALFORMED;
import static dev.plait.codec.ProtocolException.UNSUPPORTED_VERSION;

import com.google.protobuf.ByteString;
import dev.plait.change.Change;
import dev.plait.change.OperationRows;
import dev.plait.codec.Codec;
import dev.plait.crdt.Operation;
import dev.plait.wire.v1.PlaitProto;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MalformedRowTest {
  private final Codec codec = WireCodec.create();
  private final Tampering tampering = new Tampering();

  /** Three insertions, a deletion of two ranges, three deletions backwards. */
  private static List<Change> edits() {
    ChangeMaker maker = Samples.adaAtNoon();
    return List.of(
        maker
            .making(
                2,
                Samples.BODY,
                id ->
                    new Operation.TextInsert(
                        id, Samples.id(Samples.BOB, 7), Samples.id(Samples.CYD, 3), "ab"))
            .making(2, Samples.BODY, id -> new Operation.TextInsert(id, id.plus(-1), null, "𝄞"))
            .end(100),
        maker
            .stamped(
                Samples.BODY,
                stamp ->
                    new Operation.TextDelete(
                        List.of(
                            Samples.range(Samples.BOB, 20, 3), Samples.range(Samples.ADA, 5, 2))))
            .stamped(
                Samples.BODY,
                stamp -> new Operation.TextDelete(List.of(Samples.range(Samples.ADA, 8, 1))))
            .end(100),
        maker
            .stamped(
                Samples.BODY,
                stamp -> new Operation.TextDelete(List.of(Samples.range(Samples.ADA, 7, 1))))
            .end(100));
  }

  private void refused(String code, Consumer<PlaitProto.ChunkPayload.Builder> tamper) {
    var chunk = codec.readChunk(tampering.payload(edits(), tamper));
    Expect.refused(code, () -> codec.decodeChunk(chunk));
  }

  private static Consumer<PlaitProto.ChunkPayload.Builder> row(int row, int shape) {
    return payload -> {
      byte[] rows = payload.getRows().toByteArray();
      rows[row] = (byte) shape;
      payload.setRows(ByteString.copyFrom(rows));
    };
  }

  @Test
  void columnsFitTogether() {
    refused(MALFORMED, payload -> payload.setRows(payload.getRows().substring(0, 4)));
    refused(MALFORMED, payload -> payload.addRowContainers(0));
    refused(MALFORMED, payload -> payload.addRowOperations(1));
    refused(MALFORMED, payload -> payload.addRowWidths(1));
    refused(MALFORMED, payload -> payload.addIdReplicas(1));
    refused(MALFORMED, payload -> payload.addLefts(1));
    refused(MALFORMED, payload -> payload.addRights(1));
    refused(MALFORMED, payload -> payload.addTargets(1));
    refused(MALFORMED, payload -> payload.clearLefts());
    refused(MALFORMED, payload -> payload.clearRights());
    refused(MALFORMED, payload -> payload.clearTargets());
    refused(MALFORMED, payload -> payload.setIdReplicas(0, 9));
    refused(INVALID_CHANGE, payload -> payload.setIdReplicas(0, -1));
  }

  @Test
  void rowsHoldSomething() {
    refused(INVALID_CHANGE, payload -> payload.setRowOperations(0, 0));
    refused(INVALID_CHANGE, payload -> payload.setRowOperations(0, -1));
    refused(INVALID_CHANGE, payload -> payload.setRowWidths(0, 0));
    refused(INVALID_CHANGE, payload -> payload.setRowWidths(2, 0));
    refused(INVALID_CHANGE, payload -> payload.setRowWidths(2, -1));
    refused(MALFORMED, payload -> payload.setRowOperations(3, 3));
    refused(
        LIMIT_EXCEEDED,
        payload ->
            payload
                .setRowOperations(3, Integer.MAX_VALUE)
                .setTargets(2, 2L * Integer.MAX_VALUE)
                .setIdReplicas(payload.getIdReplicasCount() - 1, 1));
  }

  @Test
  void textIsWhatTheInsertionsAskFor() {
    refused(MALFORMED, payload -> payload.setText(payload.getText() + "x"));
    refused(MALFORMED, payload -> payload.setText("ab"));
    refused(MALFORMED, payload -> payload.clearText());
    refused(MALFORMED, payload -> payload.setRowWidths(1, 3));
    refused(INVALID_CHANGE, payload -> payload.setText("a𝄞b"));
  }

  @Test
  void originsExistAlready() {
    refused(INVALID_CHANGE, payload -> payload.setIdReplicas(0, 0).setLefts(0, 10));
    refused(INVALID_CHANGE, payload -> payload.setIdReplicas(1, 0).setRights(0, 10));
    refused(INVALID_CHANGE, payload -> payload.setLefts(0, 0));
    refused(INVALID_CHANGE, payload -> payload.setLefts(0, -1));
    refused(INVALID_CHANGE, payload -> payload.setRights(0, 0));
  }

  @Test
  void deletedUnitsExistAlready() {
    refused(INVALID_CHANGE, payload -> payload.setTargets(0, -9));
    refused(INVALID_CHANGE, payload -> payload.setTargets(0, -Long.MAX_VALUE));
    refused(INVALID_CHANGE, payload -> payload.setTargets(0, Long.MAX_VALUE - 7));
    refused(INVALID_CHANGE, payload -> payload.setRowWidths(3, 12));
    refused(INVALID_CHANGE, payload -> payload.setTargets(2, 9));
    refused(INVALID_CHANGE, payload -> payload.setTargets(2, -5));
  }

  @Test
  void kindsAreKnownAndInPlace() {
    for (int kind = 5; kind < 8; kind++) {
      refused(UNSUPPORTED_VERSION, row(4, kind | 3 << 3));
    }
    refused(MALFORMED, row(2, 3 | 3 << 3)); // a further range behind an insertion
    refused(MALFORMED, row(3, 3)); // a further range at the cursor
    refused(MALFORMED, row(4, 2 | 2 << 3)); // a deletion that starts nowhere
    refused(MALFORMED, row(4, 2 | 3 << 3 | 1 << 5)); // a deletion with a right origin
    refused(MALFORMED, row(4, OperationRows.OTHER)); // operations that are not there
    refused(MALFORMED, row(0, 1 << 3 | 3 << 5)); // the cursor before the first row
    refused(MALFORMED, row(0, 2 << 3)); // right origin after the start
    refused(MALFORMED, row(4, 2 | 3 << 3 | 0x80)); // a container that is not there
  }

  @Test
  void rowsAreOnTexts() {
    refused(INVALID_CHANGE, payload -> payload.getContainersBuilder(0).setTypeValue(6));
    refused(MALFORMED, payload -> payload.clearContainers());
  }

  @Test
  void payloadsInflateToWhatTheySayAndNoFurther() {
    ChangeMaker maker = Samples.adaAtNoon();
    String text = "abcdefghijklmnop".repeat(100);
    List<Change> paste =
        List.of(
            maker
                .making(
                    text.length(),
                    Samples.BODY,
                    id -> new Operation.TextInsert(id, null, null, text))
                .end(1));
    refusedInflated(paste, LIMIT_EXCEEDED, chunk -> chunk.setInflated((4 << 20) + 1));
    refusedInflated(
        paste,
        LIMIT_EXCEEDED,
        chunk -> chunk.setInflated(64 * (chunk.getPayload().size() + 1024) + 1));
    refusedInflated(paste, MALFORMED, chunk -> chunk.setInflated(chunk.getInflated() - 1));
    refusedInflated(paste, MALFORMED, chunk -> chunk.setInflated(chunk.getInflated() + 1));
    refusedInflated(
        paste,
        MALFORMED,
        chunk -> chunk.setPayload(chunk.getPayload().concat(ByteString.copyFromUtf8("x"))));
    refusedInflated(
        paste,
        MALFORMED,
        chunk -> chunk.setPayload(chunk.getPayload().substring(0, 20)).setInflated(900));
  }

  private void refusedInflated(
      List<Change> changes, String code, Consumer<PlaitProto.Chunk.Builder> tamper) {
    var chunk = codec.readChunk(tampering.chunk(changes, tamper));
    Expect.refused(code, () -> codec.decodeChunk(chunk));
  }
}
