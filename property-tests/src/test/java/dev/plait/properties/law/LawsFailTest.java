package dev.plait.properties.law;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.properties.history.Choice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each law fails for a type with a mistake that is of its kind. */
class LawsFailTest {
  private static final int LAWS = 9;

  @TempDir Path directory;

  /** A set that only grows; its operations are ids. Right as it is. */
  private static class Growing implements Subject<Set<String>, String> {
    @Override
    public Set<String> empty() {
      return new TreeSet<>();
    }

    @Override
    public String edit(Set<String> set, Choice choice, Author author) {
      String id = author.name() + author.ids(1).seq();
      set.add(id);
      return id;
    }

    @Override
    public void apply(Set<String> set, String id) {
      set.add(id);
    }

    @Override
    public void join(Set<String> set, Set<String> other) {
      set.addAll(other);
    }

    @Override
    public byte[] canonical(Set<String> set) {
      return String.join(" ", set).getBytes(UTF_8);
    }

    @Override
    public Set<String> load(byte[] snapshot) {
      Set<String> set = empty();
      set.addAll(Arrays.asList(new String(snapshot, UTF_8).split(" ", -1)));
      set.remove("");
      return set;
    }

    @Override
    public Set<String> copy(Set<String> set) {
      Set<String> copy = empty();
      copy.addAll(set);
      return copy;
    }
  }

  static class RightLaws extends CrdtLaws<Set<String>, String> {
    RightLaws() {
      super(new Growing());
    }
  }

  static class ArrivalOrderLaws extends CrdtLaws<Set<String>, String> {
    ArrivalOrderLaws() {
      super(
          new Growing() {
            @Override
            public Set<String> empty() {
              return new LinkedHashSet<>();
            }
          });
    }
  }

  static class ToggleLaws extends CrdtLaws<Set<String>, String> {
    ToggleLaws() {
      super(
          new Growing() {
            @Override
            public void apply(Set<String> set, String id) {
              if (!set.remove(id)) {
                set.add(id);
              }
            }
          });
    }
  }

  static class LastWinsLaws extends CrdtLaws<Set<String>, String> {
    LastWinsLaws() {
      super(
          new Growing() {
            @Override
            public void join(Set<String> set, Set<String> other) {
              set.retainAll(other);
              set.addAll(other);
            }
          });
    }
  }

  static class ThreeAreTooManyLaws extends CrdtLaws<Set<String>, String> {
    ThreeAreTooManyLaws() {
      super(
          new Growing() {
            @Override
            public void join(Set<String> set, Set<String> other) {
              set.addAll(other);
              if (set.size() == 3) {
                set.remove(set.iterator().next());
              }
            }
          });
    }
  }

  static class CountedJoinLaws extends CrdtLaws<Set<String>, String> {
    CountedJoinLaws() {
      super(
          new Growing() {
            @Override
            public void join(Set<String> set, Set<String> other) {
              set.addAll(other);
              set.add("joined" + set.size());
            }
          });
    }
  }

  static class ForgetfulEditLaws extends CrdtLaws<Set<String>, String> {
    ForgetfulEditLaws() {
      super(
          new Growing() {
            @Override
            public String edit(Set<String> set, Choice choice, Author author) {
              set.clear();
              return super.edit(set, choice, author);
            }
          });
    }
  }

  static class DeafJoinLaws extends CrdtLaws<Set<String>, String> {
    DeafJoinLaws() {
      super(
          new Growing() {
            @Override
            public void join(Set<String> set, Set<String> other) {
              set.addAll(other.stream().limit(2).toList());
            }
          });
    }
  }

  static class LossySnapshotLaws extends CrdtLaws<Set<String>, String> {
    LossySnapshotLaws() {
      super(
          new Growing() {
            @Override
            public byte[] save(Set<String> set) {
              return String.join(" ", set.stream().limit(3).toList()).getBytes(UTF_8);
            }
          });
    }
  }

  static class GreedyJoinLaws extends CrdtLaws<Set<String>, String> {
    GreedyJoinLaws() {
      super(
          new Growing() {
            @Override
            public void join(Set<String> set, Set<String> other) {
              set.addAll(other);
              other.clear();
            }
          });
    }
  }

  static class ThrowingLaws extends CrdtLaws<Set<String>, String> {
    ThrowingLaws() {
      super(
          new Growing() {
            @Override
            public void apply(Set<String> set, String id) {
              throw new IllegalStateException("no room for " + id);
            }
          });
    }
  }

  private Map<String, String> broken(Class<?> laws) {
    Verdicts verdicts = Verdicts.of(laws, directory, false);
    assertEquals(LAWS, verdicts.count());
    return verdicts.broken();
  }

  private void assertBreaks(String law, Class<?> laws) {
    Map<String, String> broken = broken(laws);
    assertTrue(broken.containsKey(law), () -> "only " + broken);
  }

  @Test
  void allHoldForATypeThatIsRight() {
    assertEquals(Map.of(), broken(RightLaws.class));
  }

  @Test
  void operationsThatDoNotCommuteAreFound() {
    assertBreaks("concurrentOperationsCommute", ArrivalOrderLaws.class);
  }

  @Test
  void bytesThatDependOnTheWayAreFound() {
    assertBreaks("equalOperationsGiveEqualBytes", ArrivalOrderLaws.class);
  }

  @Test
  void operationsThatCountTwiceAreFound() {
    assertBreaks("operationsDeliveredAgainChangeNothing", ToggleLaws.class);
  }

  @Test
  void aJoinThatDependsOnTheSideIsFound() {
    assertBreaks("joinIsCommutative", LastWinsLaws.class);
  }

  @Test
  void aJoinThatChangesWhatIsJoinedIsFound() {
    assertBreaks("joinIsCommutative", GreedyJoinLaws.class);
  }

  @Test
  void aJoinThatDependsOnTheOrderIsFound() {
    assertBreaks("joinIsAssociative", ThreeAreTooManyLaws.class);
  }

  @Test
  void aJoinThatCountsTwiceIsFound() {
    assertBreaks("joinIsIdempotent", CountedJoinLaws.class);
  }

  @Test
  void anEditThatForgetsIsFound() {
    assertBreaks("joinIsMonotone", ForgetfulEditLaws.class);
  }

  @Test
  void aJoinThatMissesOperationsIsFound() {
    assertBreaks("joiningAStateEqualsApplyingItsOperations", DeafJoinLaws.class);
  }

  @Test
  void aSnapshotThatLosesSomethingIsFoundAndByTheLawsThatLoadOneOnly() {
    Map<String, String> broken = broken(LossySnapshotLaws.class);
    assertTrue(broken.containsKey("snapshotsLoseNothing"), () -> "only " + broken);
    assertTrue(!broken.containsKey("concurrentOperationsCommute"), broken::toString);
  }

  @Test
  void aTypeThatThrowsFailsWithTheHistoryThatMadeIt() {
    Verdicts verdicts = Verdicts.of(ThrowingLaws.class, directory, false);
    String message = verdicts.messageOf("concurrentOperationsCommute");
    assertTrue(message.matches("(?s).*\\R +#1 A makes A1 +A: \\[A1]\\R.*"), message);
    assertTrue(
        message.matches("(?s).* gets #\\d+ +fails with IllegalStateException\\R.*"), message);
    assertTrue(message.contains("no room for "), message);
  }
}
