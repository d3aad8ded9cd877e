package dev.plait.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.plait.store.StoreCheck.Damage;
import java.util.List;
import org.junit.jupiter.api.Test;

class DamagesTest {

  private static void add(Damages damages, int count) {
    for (int i = 0; i < count; i++) {
      damages.add("d" + i, "gone");
    }
  }

  @Test
  void damagesAreListedInTheOrderInWhichTheyWereFound() {
    Damages damages = Damages.empty();
    assertEquals(List.of(), damages.list());
    damages.add("a", "gone");
    damages.add(null, new IllegalStateException("the log ends"));
    assertEquals(
        List.of(new Damage("a", "gone"), new Damage(null, "the log ends")), damages.list());
  }

  @Test
  void aThousandAreListedWithoutAWordOfOthers() {
    Damages damages = Damages.empty();
    add(damages, StoreCheck.MOST_DAMAGES);
    assertEquals(StoreCheck.MOST_DAMAGES, damages.list().size());
    assertEquals(new Damage("d999", "gone"), damages.list().get(999));
  }

  @Test
  void oneMoreThanAThousandSaysThatThereAreOthersAndNoneFollows() {
    Damages damages = Damages.empty();
    add(damages, StoreCheck.MOST_DAMAGES + 10);
    assertEquals(StoreCheck.MOST_DAMAGES + 1, damages.list().size());
    assertEquals(
        new Damage(null, "there is more damage than is listed"),
        damages.list().get(StoreCheck.MOST_DAMAGES));
  }

  @Test
  void whatAnotherCheckFoundCountsAndIsLeftAsItIs() {
    Damages first = Damages.empty();
    add(first, StoreCheck.MOST_DAMAGES - 1);
    StoreCheck check = new StoreCheck(1, 2, 3, first.list());
    Damages all = Damages.from(check);
    all.add("more", "gone");
    assertEquals(new Damage("more", "gone"), all.list().get(StoreCheck.MOST_DAMAGES - 1));
    all.add("most", "gone");
    all.add("last", "gone");
    assertEquals(StoreCheck.MOST_DAMAGES + 1, all.list().size());
    assertEquals(all.list(), Damages.from(new StoreCheck(1, 2, 3, all.list())).list());
    assertEquals(StoreCheck.MOST_DAMAGES - 1, check.damages().size());
  }

  @Test
  void aListThatWasGivenOutStaysAsItWas() {
    Damages damages = Damages.empty();
    add(damages, 1);
    List<Damage> given = damages.list();
    add(damages, 1);
    assertEquals(1, given.size());
  }
}
