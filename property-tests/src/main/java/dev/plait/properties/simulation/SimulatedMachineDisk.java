package dev.plait.properties.simulation;

import dev.plait.properties.simulation.disk.SimulatedDisk;
import dev.plait.properties.simulation.disk.SimulatedStore;
import dev.plait.store.ChangeStore;
import dev.plait.store.Durability;
import java.util.random.RandomGenerator;

/** A simulated disk in a simulated machine. */
final class SimulatedMachineDisk implements MachineDisk {
  private final SimulatedDisk disk;
  private final Durability durability;
  private long busyMillis;

  SimulatedMachineDisk(boolean relaxed, RandomGenerator random) {
    this(new SimulatedDisk(random), relaxed ? Durability.RELAXED : Durability.FULL);
  }

  private SimulatedMachineDisk(SimulatedDisk disk, Durability durability) {
    this.disk = disk;
    this.durability = durability;
  }

  @Override
  public ChangeStore open() {
    return SimulatedStore.open(disk, durability);
  }

  @Override
  public void crash() {
    disk.crash();
  }

  @Override
  public MachineDisk copy(boolean told) {
    return new SimulatedMachineDisk(told ? disk.restored() : disk.copy(), durability);
  }

  @Override
  public boolean keepsWhatIsAcknowledged() {
    return durability == Durability.FULL;
  }

  @Override
  public boolean isDown() {
    return disk.isOff();
  }

  @Override
  public void crashAtStep(int step) {
    disk.crashAtStep(1 + step);
  }

  @Override
  public void setFull(boolean full) {
    disk.setFull(full);
  }

  @Override
  public void failNextSync() {
    disk.failNextSync();
  }

  @Override
  public void setSyncMillis(long millis) {
    disk.syncMillis(millis, took -> busyMillis += took);
  }

  @Override
  public void mend() {
    disk.heal();
  }

  @Override
  public long busyMillis() {
    long busy = busyMillis;
    busyMillis = 0;
    return busy;
  }
}
