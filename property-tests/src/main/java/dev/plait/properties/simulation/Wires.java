package dev.plait.properties.simulation;

import dev.plait.transport.Conditions;
import dev.plait.transport.InMemoryNetwork;
import dev.plait.transport.Link;
import dev.plait.transport.Receiver;
import dev.plait.transport.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The lines between the machines: which there are, and what is the matter with them. */
final class Wires {
  /** Looking at a document keeps it in memory, so that is not done at each frame. */
  private static final int LOOKED_AT = 16;

  private final World world;
  private final InMemoryNetwork network;
  private final Map<Line, Trouble> troubles = new HashMap<>();
  private final Set<Integer> down = new TreeSet<>();
  private int split;
  private boolean ring;
  private int machines;
  private long frames;

  /** Two machines, the one of the lower number first. */
  private record Line(int one, int other) {
    static Line of(int a, int b) {
      return new Line(Math.min(a, b), Math.max(a, b));
    }
  }

  private static final class Trouble {
    private boolean cut;
    private boolean silentThere;
    private boolean silentBack;
    private boolean blocked;
    private int framesToCut;
  }

  Wires(World world, InMemoryNetwork network) {
    this.world = world;
    this.network = network;
  }

  /** How many frames have arrived. */
  long frames() {
    return frames;
  }

  void become(Conditions conditions) {
    network.become(conditions);
  }

  void add(int machine) {
    machines = machine + 1;
    refresh();
  }

  void setDown(int machine, boolean isDown) {
    if (isDown) {
      down.add(machine);
    } else {
      down.remove(machine);
    }
    refresh();
  }

  void split(int mask) {
    split = mask;
    refresh();
  }

  void ring() {
    ring = true;
    refresh();
  }

  void cut(int a, int b, boolean isCut) {
    trouble(Line.of(a, b)).cut = isCut;
    refresh();
  }

  void cutAtFrame(int a, int b, int count) {
    trouble(Line.of(a, b)).framesToCut = count;
  }

  void silence(int from, int to) {
    Trouble trouble = trouble(Line.of(from, to));
    if (from < to) {
      trouble.silentThere = true;
    } else {
      trouble.silentBack = true;
    }
    network.silence(name(from), name(to));
  }

  /** Ends all trouble but that of machines that are down. */
  void mend() {
    split = 0;
    ring = false;
    for (Line line : lines()) {
      Trouble trouble = trouble(line);
      boolean wasSilent = trouble.silentThere || trouble.silentBack;
      trouble.cut = false;
      trouble.silentThere = false;
      trouble.silentBack = false;
      trouble.framesToCut = 0;
      if (wasSilent && !trouble.blocked) {
        network.heal(name(line.one), name(line.other));
      }
    }
    refresh();
  }

  /** How a machine that runs reaches another, until it runs no more. */
  Transport line(Incarnation from, int to) {
    int number = from.machine().number();
    return receiver -> open(from, number, to, receiver);
  }

  private Link open(Incarnation from, int number, int to, Receiver receiver) {
    return network
        .transport(name(number), name(to))
        .open(
            new Receiver() {
              @Override
              public void onFrame(byte[] frame) {
                arrive(from, Line.of(number, to), frame, receiver);
              }

              @Override
              public void onWritable() {
                from.run(receiver::onWritable);
              }

              @Override
              public void onClosed(@Nullable String reason) {
                from.run(() -> receiver.onClosed(reason));
              }
            });
  }

  private void arrive(Incarnation at, Line line, byte[] frame, Receiver receiver) {
    frames++;
    world.trace().mix(frame);
    Trouble trouble = trouble(line);
    if (trouble.framesToCut > 0 && --trouble.framesToCut == 0) {
      world.tell("cut at a frame", line);
      cut(line.one, line.other, true);
    } else {
      at.run(() -> receiver.onFrame(frame));
      if (frames % LOOKED_AT == 0) {
        at.run(at::checkMemory);
      }
    }
  }

  private void refresh() {
    for (Line line : lines()) {
      Trouble trouble = trouble(line);
      boolean blocked = isBlocked(line, trouble);
      if (blocked && !trouble.blocked) {
        network.cut(name(line.one), name(line.other));
      } else if (!blocked && trouble.blocked) {
        network.heal(name(line.one), name(line.other));
        if (trouble.silentThere) {
          network.silence(name(line.one), name(line.other));
        }
        if (trouble.silentBack) {
          network.silence(name(line.other), name(line.one));
        }
      }
      trouble.blocked = blocked;
    }
  }

  private boolean isBlocked(Line line, Trouble trouble) {
    boolean apart = ((line.one ^ line.other) & split) != 0;
    int distance = line.other - line.one;
    boolean neighbours = distance == 1 || distance == machines - 1;
    return trouble.cut
        || apart
        || (ring && !neighbours)
        || down.contains(line.one)
        || down.contains(line.other);
  }

  private List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    for (int one = 0; one < machines; one++) {
      for (int other = one + 1; other < machines; other++) {
        lines.add(new Line(one, other));
      }
    }
    return lines;
  }

  private Trouble trouble(Line line) {
    return troubles.computeIfAbsent(line, any -> new Trouble());
  }

  private static String name(int machine) {
    return "machine " + machine;
  }
}
