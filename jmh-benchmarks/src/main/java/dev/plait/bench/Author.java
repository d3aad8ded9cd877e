package dev.plait.bench;

import dev.plait.clock.ReplicaId;
import dev.plait.crdt.Text;
import java.util.SplittableRandom;

/** One replica at work on its copy of a text. Not thread-safe. */
final class Author {
  private final Text text;
  private final ReplicaId id;
  private final Recorder recorder;
  private long nextSeq = 1;

  /** An author who never wrote anything in a text. */
  Author(Text text, ReplicaId id, Recorder recorder) {
    this.text = text;
    this.id = id;
    this.recorder = recorder;
  }

  /** The id of a replica by its number: as good as random, because that is what ids are like. */
  static ReplicaId id(int number) {
    SplittableRandom random = new SplittableRandom(number);
    return ReplicaId.of(random.nextLong(), random.nextLong());
  }

  Text text() {
    return text;
  }

  void insert(int index, String units) {
    recorder.next(id, nextSeq);
    text.insert(index, units, id, nextSeq, null, recorder);
    nextSeq += units.length();
  }

  void delete(int index, int length) {
    text.delete(index, length, null, recorder);
  }

  /** Inserts or deletes one unit anywhere; two of three times it inserts. */
  void editAnywhere(SplittableRandom random) {
    int length = text.length();
    if (length == 0 || random.nextInt(3) > 0) {
      insert(random.nextInt(length + 1), "x");
    } else {
      delete(random.nextInt(length), 1);
    }
  }
}
