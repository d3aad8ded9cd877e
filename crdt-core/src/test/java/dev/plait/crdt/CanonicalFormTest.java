package dev.plait.crdt;

import static dev.plait.crdt.Site.canonical;
import static dev.plait.crdt.Site.refusalOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.value.Child;
import dev.plait.value.ContainerType;
import dev.plait.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes that equal states have everywhere, and what every type says of itself. */
final class CanonicalFormTest {
  private static final String A = "0".repeat(31) + "1";
  private static final String B = "0".repeat(31) + "2";

  private final Site alice = new Site(1);
  private final Site bob = new Site(2);

  private AddWinsSet set() {
    AddWinsSet set = new AddWinsSet();
    set.add(Value.of("milk"), alice.id(1));
    set.add(Value.of("tea"), bob.id(4));
    set.remove(Value.of("tea"));
    return set;
  }

  private Counter counter() {
    Counter counter = new Counter();
    counter.add(5, alice.at(1));
    counter.reset();
    counter.add(-2, bob.at(2));
    return counter;
  }

  private LwwMap map() {
    LwwMap map = new LwwMap();
    map.put("a", Value.of(true), alice.at(1));
    map.put("b", new Child(ContainerType.TEXT), alice.at(2));
    map.remove("a", bob.at(3));
    return map;
  }

  private LwwRegister register() {
    LwwRegister register = new LwwRegister();
    register.set(Value.of("red"), alice.at(1));
    return register;
  }

  private MvRegister mvRegister() {
    MvRegister register = new MvRegister();
    MvRegister other = new MvRegister();
    register.set(Value.of("red"), alice.at(1));
    register.apply(other.set(Value.of("blue"), bob.at(1)));
    return register;
  }

  /** The first operation of a change at a time, as {@link Site#at} makes it. */
  private static String stamp(int time, String author) {
    return "0" + time + "0000e8665e6f01" + author + "00";
  }

  @Test
  void setHasItsEntriesAndWhatItHasSeen() {
    String milk = A + "01" + "05046d696c6b";
    assertEquals("01" + milk + "02" + A + "01" + B + "04", canonical(set()));
  }

  @Test
  void counterHasWhatCountsAndWhatWasReset() {
    String five = stamp(1, A) + "0500000000000000";
    String minusTwo = stamp(2, B) + "feffffffffffffff";
    assertEquals("02" + five + minusTwo + "01" + five, canonical(counter()));
  }

  @Test
  void mapHasItsKeysTheirStampsAndContents() {
    String removed = "0161" + stamp(3, B) + "00" + "00";
    String child = "0162" + stamp(2, A) + "00" + "0907";
    assertEquals("02" + removed + child, canonical(map()));
  }

  @Test
  void registerHasItsValueAndStamp() {
    assertEquals("01" + stamp(1, A) + "0503726564", canonical(register()));
  }

  @Test
  void multiValueRegisterHasItsValuesAndWhatItHasSeen() {
    String red = stamp(1, A) + "0503726564";
    String blue = stamp(1, B) + "0504626c7565";
    assertEquals("02" + red + blue + "02" + stamp(1, A) + stamp(1, B), canonical(mvRegister()));
  }

  @Test
  void everyTypeSaysWhichItIsAndRefusesOperationsOfOthers() {
    Operation foreign = new Operation.MapRemove(alice.at(1), "a");
    Operation other = new Operation.CounterAdd(alice.at(1), 1);
    List<Crdt> types = List.of(set(), counter(), map(), register(), mvRegister());
    List<ContainerType> expected =
        List.of(
            ContainerType.SET,
            ContainerType.COUNTER,
            ContainerType.MAP,
            ContainerType.REGISTER,
            ContainerType.MV_REGISTER);
    for (int i = 0; i < types.size(); i++) {
      Crdt one = types.get(i);
      assertEquals(expected.get(i), one.type());
      assertTrue(one.hasContent());
      Operation wrong = expected.get(i) == ContainerType.MAP ? other : foreign;
      assertEquals("WRONG_OPERATION", refusalOf(one, wrong));
    }
  }

  @Test
  void mapWithoutKeysHasNoContent() {
    LwwMap map = new LwwMap();
    assertFalse(map.hasContent());
    map.put("a", Value.of(1), alice.at(1));
    assertTrue(map.hasContent());
    map.remove("a", alice.at(2));
    assertFalse(map.hasContent());
  }

  /** Only a forger gives one name to two things; then the order of arrival must not matter. */
  @Test
  void ofTwoValuesWithOneNameTheGreaterStaysWhoeverComesFirst() {
    for (boolean reversed : List.of(false, true)) {
      Value first = Value.of(reversed ? 2 : 1);
      Value second = Value.of(reversed ? 1 : 2);
      AddWinsSet set = new AddWinsSet();
      set.add(first, alice.id(1));
      AddWinsSet otherSet = new AddWinsSet();
      otherSet.add(second, alice.id(1));
      set.join(otherSet.state());
      assertEquals(List.of(Value.of(2)), set.values());
      set.checkInvariants();

      MvRegister register = new MvRegister();
      register.set(first, alice.at(1));
      MvRegister otherRegister = new MvRegister();
      otherRegister.set(second, alice.at(1));
      register.join(otherRegister.state());
      assertEquals(List.of(Value.of(2)), register.values());
      register.checkInvariants();
    }
  }
}
