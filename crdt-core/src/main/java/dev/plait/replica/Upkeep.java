package dev.plait.replica;

import dev.plait.change.Chunk;
import dev.plait.codec.ProtocolException;
import dev.plait.document.DocumentCommit;
import dev.plait.store.DocumentSize;

/*
 * Writers only count, under the document's lock; the work is the scheduler's. It asks the store for
 * the size, so a count that is too high does no harm.
 *
 * History is given up only when peers have said that they hold all that was made here. If this
 * replica was restored from a backup and does not know, what it has made since is a branch that can
 * only be taken out while it is there change by change; the first peer that is met tells. The rule
 * is looked at once more under the lock under which the history goes.
 */
/** Keeps small what is stored of one document, as far as the policy wants it. */
final class Upkeep {
  private static final long RETRY_MILLIS = 60_000;

  private final HostedDocument hosted;
  private final String name;
  private final Surroundings surroundings;
  private final CompactionPolicy policy;
  private long chunks;
  private long bytes;

  /** From how many chunks on there may be something to merge. */
  private long mergeFrom;

  /** Up to how many bytes of chunks the history is known not to be too large. */
  private long fineUpTo;

  private boolean scheduled;

  /** The history is too large, and peers have to say first that they hold what was made here. */
  private volatile boolean waitsForPeers;

  Upkeep(HostedDocument hosted, String name, Surroundings surroundings) {
    this.hosted = hosted;
    this.name = name;
    this.surroundings = surroundings;
    this.policy = surroundings.compaction();
    this.mergeFrom = policy.chunks();
    this.fineUpTo = policy.historyLimit(0);
  }

  // ---- under the document's lock

  /** All chunks are going to be {@linkplain #count counted} anew. */
  void restart() {
    chunks = 0;
    bytes = 0;
  }

  void count(Chunk chunk) {
    chunks++;
    bytes += chunk.size();
  }

  /** Has what is needed done soon. */
  void look() {
    if (!scheduled && (chunks >= mergeFrom || bytes > fineUpTo)) {
      scheduled = true;
      surroundings.scheduler().execute(this::run);
    }
  }

  void committed(DocumentCommit commit) {
    commit.chunks().forEach(this::count);
    look();
  }

  /** A peer has said more of what it holds: what waited for that may go on. */
  void onShared() {
    if (!waitsForPeers || surroundings.isClosed()) {
      return;
    }
    hosted.lock();
    try {
      if (waitsForPeers && !scheduled && isShared()) {
        scheduled = true;
        surroundings.scheduler().execute(this::run);
      }
    } finally {
      hosted.unlock();
    }
  }

  private boolean isShared() {
    return surroundings.shared().covers(name, hosted.document().versionVector());
  }

  // ---- in the background

  private void run() {
    if (surroundings.isClosed()) {
      return;
    }
    try {
      mergeChunks();
      giveUpHistory();
      end();
    } catch (RuntimeException failed) {
      if (!surroundings.isClosed()) {
        surroundings.scheduler().after(RETRY_MILLIS, this::run);
        Uncaught.report(failed);
      }
    }
  }

  /** What peers said while this ran nobody has acted on; it is asked for before the run ends. */
  private void end() {
    hosted.lock();
    try {
      scheduled = waitsForPeers && isShared();
      if (scheduled) {
        surroundings.scheduler().execute(this::run);
      }
    } finally {
      hosted.unlock();
    }
  }

  private void mergeChunks() {
    hosted.lock();
    try {
      waitsForPeers = false; // until this run finds so
      if (measure().chunks() >= mergeFrom) {
        hosted.document().mergeChunks();
        mergeFrom = measure().chunks() + policy.chunks();
      }
    } finally {
      hosted.unlock();
    }
  }

  private void giveUpHistory() {
    DocumentSize size = surroundings.store().size(name);
    long limit = policy.historyLimit(size.snapshotBytes());
    if (size.chunkBytes() > limit) {
      limit = limitNow(size.chunkBytes());
    }
    hosted.lock();
    try {
      fineUpTo = limit;
      measure();
    } finally {
      hosted.unlock();
    }
  }

  /**
   * Gives up the history if it is too large; gives how large it may be before it is asked again.
   */
  private long limitNow(long historyBytes) {
    long notAgainWithEveryChange = 2 * historyBytes;
    try {
      // The one that is stored may be old; how large it would be now is found out beside writers.
      long limit = policy.historyLimit(hosted.document().encodedSnapshot().length);
      return historyBytes > limit && !wasGivenUp() ? notAgainWithEveryChange : limit;
    } catch (ProtocolException tooLarge) {
      if (!tooLarge.code().equals(ProtocolException.LIMIT_EXCEEDED)) {
        throw tooLarge;
      }
      return notAgainWithEveryChange; // no snapshot of such a state could be read again
    }
  }

  /** Whether the history could go: not from a document in doubt, nor as long as nobody has it. */
  private boolean wasGivenUp() {
    hosted.lock();
    try {
      waitsForPeers = !isShared();
      return !waitsForPeers && hosted.document().compact();
    } finally {
      hosted.unlock();
    }
  }

  private DocumentSize measure() {
    DocumentSize size = surroundings.store().size(name);
    chunks = size.chunks();
    bytes = size.chunkBytes();
    return size;
  }
}
