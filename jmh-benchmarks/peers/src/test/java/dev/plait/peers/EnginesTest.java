package dev.plait.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.peers.engine.Engine;
import dev.plait.peers.engine.Engines;
import dev.plait.peers.task.Runs;
import dev.plait.peers.task.Task;
import dev.plait.peers.task.Tasks;
import dev.plait.peers.work.Edit;
import dev.plait.peers.work.Root;
import dev.plait.peers.work.Script;
import dev.plait.peers.work.Work;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every library on the JVM does a little of each kind of work; the tasks check what comes out. */
class EnginesTest {
  private static final Runs TWICE = new Runs(1, 60_000);

  static List<String> names() {
    return Engines.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyTaskIsDoneOrThereIsAReason(String name) {
    Engine engine = Engines.of(name);
    for (Work work : Work.smoke()) {
      for (Task task : work.tasks()) {
        Tasks.Outcome outcome = new Tasks(engine, work.script(), TWICE).run(task);
        boolean done = engine.reasonAgainst(work.script()) == null;
        assertEquals(done, outcome.reason() == null, name + ", " + work.script().name());
        if (done) {
          assertEquals(1, times(outcome).millis().size());
        }
      }
    }
  }

  private static Runs.Times times(Tasks.Outcome outcome) {
    Runs.Times times = outcome.times();
    assertNotNull(times);
    return times;
  }

  @ParameterizedTest
  @MethodSource("names")
  void aScriptThatDoesNotEndAsItSaysIsFound(String name) {
    List<List<Edit>> typed = List.of(List.of(new Edit.Insert(0, "a")));
    Script script = new Script("wrong", Root.TEXT, List.of(typed), "b");
    Engine engine = Engines.of(name);
    if (engine.reasonAgainst(script) == null) {
      Tasks tasks = new Tasks(engine, script, TWICE);
      assertThrows(IllegalStateException.class, () -> tasks.run(Task.LOCAL));
      assertThrows(IllegalStateException.class, () -> tasks.run(Task.REMOTE));
      assertThrows(IllegalStateException.class, () -> tasks.run(Task.OPEN));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void theVersionIsThatOfTheBuild(String name) {
    assertTrue(Engines.version(name).matches("[0-9].*"), Engines.version(name));
  }
}
