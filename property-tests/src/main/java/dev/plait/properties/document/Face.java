package dev.plait.properties.document;

import dev.plait.change.ContainerId;
import dev.plait.clock.Frontier;
import dev.plait.clock.VersionVector;
import dev.plait.document.Document;
import java.util.HexFormat;
import java.util.Map;

/** Everything that one can tell a document by, apart from who edits it and what waits. */
public record Face(
    Map<ContainerId, Object> visible,
    VersionVector version,
    Frontier frontier,
    long stateHash,
    String canonicalBytes) {

  /** Everything about this document. */
  public static Face of(Document document) {
    return new Face(
        Visible.of(document),
        document.versionVector(),
        document.frontier(),
        document.stateHash(),
        HexFormat.of().formatHex(document.canonicalBytes()));
  }
}
