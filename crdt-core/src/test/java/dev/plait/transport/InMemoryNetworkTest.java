package dev.plait.transport;

import static dev.plait.transport.Recorder.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.schedule.VirtualTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InMemoryNetworkTest {

  private static final Conditions SLOW = Conditions.PERFECT.withDelay(10, 10);

  private final VirtualTime time = VirtualTime.startingAt(0);
  private final InMemoryNetwork network = new InMemoryNetwork(time, new Random(1));
  private final Recorder a = new Recorder();
  private final Recorder b = new Recorder();

  private Link open(String from, String to, Recorder recorder) {
    return network.transport(from, to).open(recorder);
  }

  private static List<String> numbers(int count) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add("" + i);
    }
    return numbers;
  }

  private static void offerNumbers(Link link, int count) {
    for (String number : numbers(count)) {
      assertTrue(link.offer(frame(number)));
    }
  }

  @Test
  void carriesFramesBothWaysInOrder() {
    Link ab = open("a", "b", a);
    Link ba = open("b", "a", b);
    network.become(Conditions.PERFECT.withDelay(0, 30));
    offerNumbers(ab, 20);
    offerNumbers(ba, 5);

    time.advance(30);

    assertEquals(numbers(20), b.log);
    assertEquals(numbers(5), a.log);
  }

  @Test
  void keepsFramesForAnEndThatOpensLater() {
    offerNumbers(open("a", "b", a), 3);
    time.advance(1000);

    open("b", "a", b);
    time.advance(0);

    assertEquals(numbers(3), b.log);
  }

  @Test
  void callsNobodyInsideACall() {
    Link ab = open("a", "b", a);
    open("b", "a", b);
    ab.offer(frame("x"));
    ab.close();

    assertEquals(List.of(), a.log);
    assertEquals(List.of(), b.log);
  }

  @Test
  void refusesAFrameWithoutRoomAndTellsWhenThereIsSome() {
    network.become(SLOW.withRoom(2));
    Link ab = open("a", "b", a);
    open("b", "a", b);
    offerNumbers(ab, 2);

    assertFalse(ab.offer(frame("refused")));
    time.advance(9);
    assertEquals(List.of(), a.log);
    time.advance(1);

    assertEquals(List.of("<writable>"), a.log);
    assertTrue(ab.offer(frame("again")));
    time.advance(10);
    assertEquals(List.of("0", "1", "again"), b.log);
    assertEquals(List.of("<writable>"), a.log);
  }

  @Test
  void refusesWithoutRoomWhileTheOtherEndIsMissing() {
    network.become(SLOW.withRoom(1));
    Link ab = open("a", "b", a);
    offerNumbers(ab, 1);
    assertFalse(ab.offer(frame("refused")));
    time.advance(100);
    assertEquals(List.of(), a.log);

    open("b", "a", b);
    time.advance(10);

    assertEquals(List.of("<writable>"), a.log);
  }

  @Test
  void losesTheShareItIsTold() {
    network.become(Conditions.PERFECT.withLoss(0.3).withRoom(1000));
    Link ab = open("a", "b", a);
    open("b", "a", b);
    offerNumbers(ab, 1000);

    time.advance(0);

    assertTrue(b.log.size() > 600 && b.log.size() < 800, "arrived: " + b.log.size());
    assertEquals(new HashSet<>(b.log).size(), b.log.size());
    List<String> inOrder = new ArrayList<>(numbers(1000));
    inOrder.retainAll(b.log);
    assertEquals(inOrder, b.log);
  }

  @Test
  void deliversTheShareItIsToldTwice() {
    network.become(Conditions.PERFECT.withDuplication(0.5).withRoom(1000));
    Link ab = open("a", "b", a);
    open("b", "a", b);
    offerNumbers(ab, 1000);

    time.advance(1000);

    assertEquals(new HashSet<>(numbers(1000)), new HashSet<>(b.log));
    assertTrue(b.log.size() > 1400 && b.log.size() < 1600, "arrived: " + b.log.size());
  }

  @Test
  void letsLateFramesBeOvertaken() {
    network.become(Conditions.PERFECT.withLateness(0.5).withRoom(100));
    Link ab = open("a", "b", a);
    open("b", "a", b);
    offerNumbers(ab, 100);

    time.advance(1000);

    assertNotEquals(numbers(100), b.log);
    assertEquals(new HashSet<>(numbers(100)), new HashSet<>(b.log));
    assertEquals(100, b.log.size());
  }

  @Test
  void canBeBadInOneDirectionOnly() {
    network.become("a", "b", Conditions.PERFECT.withLoss(1));
    Link ab = open("a", "b", a);
    Link ba = open("b", "a", b);
    offerNumbers(ab, 5);
    offerNumbers(ba, 5);

    time.advance(0);

    assertEquals(List.of(), b.log);
    assertEquals(numbers(5), a.log);
  }

  @Test
  void doesTheSameForTheSameSeed() {
    assertEquals(stormyRun(7), stormyRun(7));
    assertNotEquals(stormyRun(7), stormyRun(8));
  }

  private static List<String> stormyRun(long seed) {
    VirtualTime time = VirtualTime.startingAt(0);
    InMemoryNetwork network = new InMemoryNetwork(time, new Random(seed));
    network.become(new Conditions(1, 50, 0.2, 0.2, 0.2, 200, 100));
    Recorder recorder = new Recorder();
    Link link = network.transport("a", "b").open(new Recorder());
    network.transport("b", "a").open(recorder);
    offerNumbers(link, 200);
    time.advance(1000);
    return recorder.log;
  }

  @Test
  void closesBothEndsAfterWhatWasOfferedBefore() {
    network.become(Conditions.PERFECT.withDelay(5, 25));
    Link ab = open("a", "b", a);
    Link ba = open("b", "a", b);
    offerNumbers(ab, 3);
    ab.close();
    ab.close();

    time.advance(100);

    assertEquals(List.of("0", "1", "2", "<closed>"), b.log);
    assertEquals(List.of("<closed>"), a.log);
    assertFalse(ab.offer(frame("x")));
    assertFalse(ba.offer(frame("x")));
    ba.close();
    time.advance(100);
    assertEquals(4, b.log.size());
  }

  @Test
  void deliversNothingToAnEndThatHasClosed() {
    network.become(SLOW);
    Link ab = open("a", "b", a);
    Link ba = open("b", "a", b);
    offerNumbers(ba, 3);
    ab.close();

    time.advance(100);

    assertEquals(List.of("<closed>"), a.log);
  }

  @Test
  void deliversNothingOfAnOldConnectionToANewOne() {
    network.become(SLOW);
    Link ab = open("a", "b", a);
    Link ba = open("b", "a", b);
    offerNumbers(ab, 3);
    network.cut("a", "b");
    network.heal("a", "b");
    Recorder again = new Recorder();
    open("b", "a", again);
    open("a", "b", new Recorder());

    time.advance(100);

    assertEquals(List.of(), again.log);
    assertFalse(ab.offer(frame("x")));
    assertFalse(ba.offer(frame("x")));
  }

  @Test
  void cutClosesBothEndsWithAReasonAndLetsNobodyOpenUntilHealed() {
    open("a", "b", a);
    open("b", "a", b);
    network.cut("b", "a");
    time.advance(0);

    assertEquals(List.of("<closed: the network between b and a was cut>"), a.log);
    assertEquals(a.log, b.log);
    TransportException refused =
        assertThrows(TransportException.class, () -> open("a", "b", new Recorder()));
    assertEquals(TransportException.UNREACHABLE, refused.code());
    network.heal("a", "b");
    Recorder again = new Recorder();
    offerNumbers(open("a", "b", new Recorder()), 2);
    open("b", "a", again);
    time.advance(0);
    assertEquals(numbers(2), again.log);
  }

  @Test
  void silenceSwallowsFramesInOneDirectionAndClosesNothing() {
    network.become(SLOW);
    Link ab = open("a", "b", a);
    Link ba = open("b", "a", b);
    offerNumbers(ab, 1);
    time.advance(5);
    network.silence("a", "b");
    assertTrue(ab.offer(frame("swallowed")));
    assertTrue(ba.offer(frame("heard")));
    time.advance(100);
    assertEquals(List.of(), b.log);
    assertEquals(List.of("heard"), a.log);

    network.heal("a", "b");
    assertTrue(ab.offer(frame("after")));
    time.advance(100);

    assertEquals(List.of("after"), b.log);
  }

  @Test
  void newsOfACloseInSilenceArriveWhenItIsOver() {
    Link ab = open("a", "b", a);
    open("b", "a", b);
    network.silence("a", "b");
    ab.close();
    time.advance(100);
    assertEquals(List.of(), b.log);

    network.heal("a", "b");
    time.advance(0);

    assertEquals(List.of("<closed>"), b.log);
  }

  @Test
  void anEndMayOpenAgainBeforeTheOtherHasNoticed() {
    network.become(SLOW);
    Link first = open("a", "b", a);
    open("b", "a", b);
    first.close();
    Recorder a2 = new Recorder();
    offerNumbers(open("a", "b", a2), 2);
    time.advance(50);
    assertEquals(List.of("<closed>"), b.log);

    Recorder b2 = new Recorder();
    open("b", "a", b2);
    time.advance(10);

    assertEquals(numbers(2), b2.log);
    assertEquals(List.of(), a2.log);
  }

  @Test
  void refusesASecondLinkWhileOneIsOpen() {
    open("a", "b", a);

    TransportException refused =
        assertThrows(TransportException.class, () -> open("a", "b", new Recorder()));

    assertEquals(TransportException.ALREADY_OPEN, refused.code());
  }

  @Test
  void refusesFramesThatAreTooLong() {
    network.become(Conditions.PERFECT.withMaxFrameBytes(3));
    Link ab = open("a", "b", a);

    assertTrue(ab.offer(frame("123")));
    TransportException refused =
        assertThrows(TransportException.class, () -> ab.offer(frame("1234")));
    assertEquals(TransportException.FRAME_TOO_LARGE, refused.code());
  }

  @Test
  void refusesConditionsThatMakeNoSense() {
    Conditions perfect = Conditions.PERFECT;
    assertInvalid(() -> perfect.withLoss(1.1));
    assertInvalid(() -> perfect.withLoss(Double.NaN));
    assertInvalid(() -> perfect.withDuplication(-0.1));
    assertInvalid(() -> perfect.withLateness(2));
    assertInvalid(() -> perfect.withDelay(5, 4));
    assertInvalid(() -> perfect.withDelay(-1, 4));
    assertInvalid(() -> perfect.withRoom(0));
    assertInvalid(() -> perfect.withMaxFrameBytes(0));
  }

  private static void assertInvalid(Runnable attempt) {
    TransportException refused = assertThrows(TransportException.class, attempt::run);
    assertEquals(TransportException.INVALID_CONDITIONS, refused.code());
  }
}
