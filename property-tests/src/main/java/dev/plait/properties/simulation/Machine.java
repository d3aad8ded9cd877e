package dev.plait.properties.simulation;

import dev.plait.clock.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One machine: its disk, its clock, and the replica that runs on it while there is power. */
final class Machine {
  private static final int BACKUPS_KEPT = 3;

  private final int number;
  private final MachineClock clock;
  private final List<Backup> backups = new ArrayList<>();
  private MachineDisk disk;
  private Held held;
  private @Nullable Incarnation running;
  private @Nullable ReplicaId branch;
  private boolean full;
  private boolean gone;
  private int starts;

  /** A copy of a disk, what its machine held then, and under which id. */
  record Backup(MachineDisk disk, Held held, ReplicaId id) {}

  Machine(int number, MachineClock clock, MachineDisk disk, Held held) {
    this.number = number;
    this.clock = clock;
    this.disk = disk;
    this.held = held;
  }

  int number() {
    return number;
  }

  MachineClock clock() {
    return clock;
  }

  MachineDisk disk() {
    return disk;
  }

  Held held() {
    return held;
  }

  @Nullable Incarnation running() {
    return running;
  }

  void setRunning(@Nullable Incarnation incarnation) {
    running = incarnation;
  }

  boolean isFull() {
    return full;
  }

  void setFull(boolean isFull) {
    full = isFull;
    disk.setFull(isFull);
  }

  /** Ends all that is the matter with it. */
  void mend() {
    full = false;
    disk.mend();
    clock.mend();
  }

  boolean isGone() {
    return gone;
  }

  void leave() {
    gone = true;
  }

  /** How often it was started before. */
  int countStart() {
    return starts++;
  }

  /** The id under which it has been going on from an old copy since without knowing; or null. */
  @Nullable ReplicaId branch() {
    return branch;
  }

  void setBranch(@Nullable ReplicaId replica) {
    branch = replica;
  }

  void backUp(ReplicaId id) {
    if (backups.size() == BACKUPS_KEPT) {
      backups.remove(0);
    }
    backups.add(new Backup(disk.copy(false), heldByCopy(), id));
  }

  /** What a copy of the disk holds for sure: of a store that may lose something, nothing. */
  Held heldByCopy() {
    return disk.keepsWhatIsAcknowledged() ? held.copy() : new Held();
  }

  @Nullable Backup backup(int which) {
    return backups.isEmpty() ? null : backups.get(which % backups.size());
  }

  /** Goes on from a copy. */
  void restore(Backup backup, boolean told) {
    disk = backup.disk.copy(told);
    held = backup.held.copy();
  }

  /** The power has failed; the latest commits are gone with it if the store may lose them. */
  void crash() {
    disk.crash();
    held = heldByCopy();
  }

  @Override
  public String toString() {
    return "machine " + number;
  }
}
