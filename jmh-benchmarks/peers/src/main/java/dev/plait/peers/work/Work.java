package dev.plait.peers.work;

import dev.plait.peers.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A script and the tasks that are done with it.
 *
 * @param chapter the part of the page it belongs to
 */
public record Work(Chapter chapter, Script script, Set<Task> tasks) {
  private static final int MICRO_SIZE = 6_000;
  private static final int SMALL_MICRO_SIZE = 100;
  private static final Set<Task> ONE_USER =
      EnumSet.of(Task.LOCAL, Task.REMOTE, Task.HISTORY, Task.OPEN, Task.MEMORY);
  private static final Set<Task> TWO_USERS = EnumSet.of(Task.MERGE);

  /** The parts of the page. */
  public enum Chapter {
    TEXT("Recorded editing sessions"),
    COLLECTIONS("Maps and sets"),
    MICRO("Small tasks");

    private final String title;

    Chapter(String title) {
      this.title = title;
    }

    /** What stands above it. */
    public String title() {
      return title;
    }
  }

  /** All of the work, with the traces of a folder, or a model of a typist if there is none. */
  public static List<Work> all(Path traces) throws IOException {
    List<Work> all = new ArrayList<>();
    boolean recorded = Files.isDirectory(traces);
    for (Script script : recorded ? TextScripts.of(traces) : List.of(TextScripts.model())) {
      all.add(new Work(Chapter.TEXT, script, ONE_USER));
    }
    EnumSet<Task> both = EnumSet.copyOf(ONE_USER);
    both.addAll(TWO_USERS);
    all.add(new Work(Chapter.COLLECTIONS, MapsAndSets.mapWrites(100_000, 10_000), both));
    all.add(new Work(Chapter.COLLECTIONS, MapsAndSets.setChurn(100_000, 20_000), both));
    for (int size : new int[] {2_000, 20_000, 200_000}) {
      all.add(new Work(Chapter.COLLECTIONS, MapsAndSets.setAdd(size), EnumSet.of(Task.ADD)));
    }
    Script disjoint = MapsAndSets.setJoin(100_000);
    all.add(new Work(Chapter.COLLECTIONS, disjoint, EnumSet.of(Task.JOIN)));
    all.addAll(micro(MICRO_SIZE));
    return all;
  }

  /** A little work of each kind but traces, to see that everything works. */
  public static List<Work> smoke() {
    List<Work> some = new ArrayList<>(micro(SMALL_MICRO_SIZE));
    Set<Task> both = EnumSet.of(Task.LOCAL, Task.REMOTE, Task.HISTORY, Task.OPEN, Task.MERGE);
    some.add(new Work(Chapter.COLLECTIONS, MapsAndSets.mapWrites(500, 50), both));
    some.add(new Work(Chapter.COLLECTIONS, MapsAndSets.setChurn(500, 50), both));
    some.add(new Work(Chapter.COLLECTIONS, MapsAndSets.setAdd(1_000), EnumSet.of(Task.ADD)));
    some.add(new Work(Chapter.COLLECTIONS, MapsAndSets.setJoin(1_000), EnumSet.of(Task.JOIN)));
    return some;
  }

  private static List<Work> micro(int size) {
    List<Work> micro = new ArrayList<>();
    for (Script script : MicroTasks.of(size)) {
      Task task = script.users().size() > 2 ? Task.FAN_IN : Task.EXCHANGE;
      micro.add(new Work(Chapter.MICRO, script, EnumSet.of(task)));
    }
    return micro;
  }
}
