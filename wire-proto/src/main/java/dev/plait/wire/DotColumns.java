package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.clock.Dot;
import dev.plait.clock.ReplicaId;
import dev.plait.clock.VersionVector;
import dev.plait.wire.v1.PlaitProto;
import java.util.ArrayList;
import java.util.List;

/** Dots with their whole replica ids, and version vectors, which are written as dots. */
final class DotColumns {
  private DotColumns() {}

  static PlaitProto.Dots write(List<Dot> dots) {
    PlaitProto.Dots.Builder written = PlaitProto.Dots.newBuilder();
    List<ReplicaId> replicas = new ArrayList<>(dots.size());
    for (Dot dot : dots) {
      replicas.add(dot.replica());
      written.addCounters(dot.counter());
    }
    return written.setReplicas(ReplicaBytes.write(replicas)).build();
  }

  /** Reads dots in whatever order they are. */
  static List<Dot> read(PlaitProto.Dots written) {
    List<ReplicaId> replicas = ReplicaBytes.readAll(written.getReplicas());
    checkColumns("dots", replicas.size(), written.getCountersCount());
    List<Dot> dots = new ArrayList<>(replicas.size());
    for (int i = 0; i < replicas.size(); i++) {
      dots.add(new Dot(replicas.get(i), checkedCounter(written.getCounters(i))));
    }
    return dots;
  }

  static VersionVector readVersion(PlaitProto.Dots written) {
    List<Dot> dots = read(written);
    if (!areAscending(dots)) {
      throw DECODING.malformed("a version names each replica once, in ascending order");
    }
    return VersionVector.from(dots);
  }

  /** Whether these name each replica at most once, in ascending order. */
  static boolean areAscending(List<Dot> dots) {
    for (int i = 1; i < dots.size(); i++) {
      if (dots.get(i - 1).replica().compareTo(dots.get(i).replica()) >= 0) {
        return false;
      }
    }
    return true;
  }

  static long checkedCounter(long counter) {
    if (counter < 1) {
      throw DECODING.invalid(
          "counters and sequence numbers are from 1 to 2^63-1, not "
              + Long.toUnsignedString(counter));
    }
    return counter;
  }

  /** Checks that columns which belong together are equally long. */
  static void checkColumns(String what, int length, int... others) {
    for (int other : others) {
      if (other != length) {
        throw DECODING.malformed(
            "the columns of " + what + " differ in length: " + length + " and " + other);
      }
    }
  }
}
