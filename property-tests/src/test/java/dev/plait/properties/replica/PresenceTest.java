package dev.plait.properties.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.plait.clock.ReplicaId;
import dev.plait.codec.Limits;
import dev.plait.document.DocumentException;
import dev.plait.replica.ConnectOptions;
import dev.plait.replica.Connection;
import dev.plait.replica.Replica;
import dev.plait.replica.ReplicaException;
import dev.plait.schedule.VirtualTime;
import dev.plait.sync.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PresenceTest {
  private static final long MINUTE = 60_000;
  private static final ConnectOptions QUICK = ConnectOptions.defaults().withBackoff(10, 100);

  private final VirtualTime time = VirtualTime.startingAt(1_800_000_000_000L);
  private final Replica server = replica(1);
  private final Replica ann = replica(2);
  private final Replica bob = replica(3);
  private final Lines annsLine = new Lines(time, server::accept);
  private final Lines bobsLine = new Lines(time, server::accept);

  private Replica replica(int seed) {
    return Replica.builder().scheduler(time).time(time).random(new Random(seed)).build();
  }

  private void connectAll() {
    ann.connect(annsLine, QUICK);
    bob.connect(bobsLine, QUICK);
    time.advance(MINUTE);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Who shows what in a document, as "name=text". */
  private Map<String, String> seen(Replica replica, String document) {
    Map<String, String> seen = new TreeMap<>();
    replica
        .presence()
        .of(document)
        .forEach((id, data) -> seen.put(name(id), new String(data, StandardCharsets.UTF_8)));
    return seen;
  }

  private String name(ReplicaId id) {
    return id.equals(ann.id()) ? "ann" : id.equals(bob.id()) ? "bob" : "server";
  }

  @Test
  void whatIsShownReachesEverybodyOverOthersAndNothingIsStored() {
    connectAll();

    ann.presence().set("note", bytes("at 3"));
    server.presence().set("note", bytes("here"));
    time.advance(MINUTE);

    assertEquals(Map.of("ann", "at 3", "server", "here"), seen(bob, "note"));
    assertEquals(Map.of("ann", "at 3"), seen(server, "note"));
    assertEquals(Map.of("server", "here"), seen(ann, "note"));
    assertEquals(Map.of(), seen(bob, "other"));
    assertEquals(List.of(), bob.documents());
    assertEquals(List.of(), server.documents());
  }

  @Test
  void newerValueReplacesAndClearTakesAway() {
    connectAll();
    ann.presence().set("note", bytes("1"));
    time.advance(MINUTE);
    ann.presence().set("note", bytes("2"));
    time.advance(MINUTE);
    assertEquals(Map.of("ann", "2"), seen(bob, "note"));

    ann.presence().clear("note");
    time.advance(MINUTE);

    assertEquals(Map.of(), seen(bob, "note"));
    assertEquals(Map.of(), seen(server, "note"));
  }

  @Test
  void whoComesLaterSeesWhatIsShown() {
    ann.connect(annsLine, QUICK);
    ann.presence().set("note", bytes("early"));
    time.advance(MINUTE);
    assertEquals(Map.of(), seen(bob, "note"));

    bob.connect(bobsLine, QUICK);
    time.advance(MINUTE);

    assertEquals(Map.of("ann", "early"), seen(bob, "note"));
  }

  @Test
  void whoIsCutOffIsForgottenEverywhereAndSeenAgainWhenBack() {
    connectAll();
    ann.presence().set("note", bytes("x"));
    time.advance(MINUTE);

    annsLine.unreachable = true;
    annsLine.cut("cut");
    time.advance(MINUTE);
    assertEquals(Map.of(), seen(server, "note"));
    assertEquals(Map.of(), seen(bob, "note"));

    annsLine.unreachable = false;
    time.advance(MINUTE);
    assertEquals(Map.of("ann", "x"), seen(bob, "note"));
  }

  @Test
  void listenerHearsWhatOthersShowAndThatTheyAreGone() {
    connectAll();
    List<String> heard = new ArrayList<>();
    var place =
        bob.presence()
            .listen(
                (document, who, data) ->
                    heard.add(
                        document
                            + " "
                            + name(who)
                            + " "
                            + (data == null ? "gone" : new String(data, StandardCharsets.UTF_8))));

    ann.presence().set("note", bytes("1"));
    bob.presence().set("note", bytes("own"));
    time.advance(MINUTE);
    annsLine.unreachable = true;
    annsLine.cut("cut");
    time.advance(MINUTE);
    place.close();
    annsLine.unreachable = false;
    time.advance(MINUTE);

    assertEquals(List.of("note ann 1", "note ann gone"), heard);
  }

  @Test
  void fastMovesAreToldOnceTheyRest() {
    connectAll();
    List<String> heard = new ArrayList<>();
    bob.presence()
        .listen(
            (document, who, data) ->
                heard.add(data == null ? "gone" : new String(data, StandardCharsets.UTF_8)));

    for (int i = 0; i < 100; i++) {
      ann.presence().set("note", bytes("at " + i));
    }
    time.advance(MINUTE);

    assertEquals(List.of("at 99"), heard);
  }

  @Test
  void onlyThoseWhoWantTheDocumentAreTold() {
    Connection bobs = bob.connect(bobsLine, QUICK.withSubscription(Subscription.prefix("b/")));
    ann.connect(annsLine, QUICK);
    ann.presence().set("a/1", bytes("a"));
    ann.presence().set("b/1", bytes("b"));
    time.advance(MINUTE);
    assertEquals(Map.of(), seen(bob, "a/1"));
    assertEquals(Map.of("ann", "b"), seen(bob, "b/1"));

    bobs.subscribe(Subscription.all());
    time.advance(MINUTE);
    ann.presence().set("a/1", bytes("again"));
    time.advance(MINUTE);

    assertEquals(Map.of("ann", "again"), seen(bob, "a/1"));
  }

  @Test
  void tooMuchAndImpossibleNamesAreRefused() {
    int most = Limits.defaults().maxPresenceBytes();
    ReplicaException refused =
        assertThrows(ReplicaException.class, () -> ann.presence().set("note", new byte[most + 1]));

    assertEquals(ReplicaException.PRESENCE_TOO_LARGE, refused.code());
    assertThrows(DocumentException.class, () -> ann.presence().set("", bytes("x")));
    ann.presence().set("note", new byte[most]);
    ann.close();
    assertEquals(
        ReplicaException.REPLICA_CLOSED,
        assertThrows(ReplicaException.class, () -> ann.presence().set("note", bytes("x"))).code());
  }

  @Test
  void whatIsShownIsACopy() {
    connectAll();
    byte[] data = bytes("before");
    ann.presence().set("note", data);
    data[0] = 'X';
    time.advance(MINUTE);

    assertArrayEquals(bytes("before"), bob.presence().of("note").get(ann.id()));
  }
}
