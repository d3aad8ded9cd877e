package dev.plait.replica;

import dev.plait.clock.ReplicaId;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/** The replica's source of randomness, for use by many threads. */
final class Chance {
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();

  Chance(RandomGenerator random) {
    this.random = random;
  }

  ReplicaId replicaId() {
    lock.lock();
    try {
      return ReplicaId.random(random);
    } finally {
      lock.unlock();
    }
  }

  /** A number from 1 to {@code most}, each as likely as the others. */
  long upTo(long most) {
    lock.lock();
    try {
      return 1 + random.nextLong(most);
    } finally {
      lock.unlock();
    }
  }
}
