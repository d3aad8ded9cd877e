package dev.plait.sync;

/*
 * As in TCP, the listener says how much may be under way to it, and says it anew with each
 * acknowledgement. It counts what is sent (the bytes of chunks, keystrokes and parts of snapshots),
 * not how it is framed, so that both ends count alike. A frame that is larger than the whole credit
 * may go when nothing else is under way; with no credit at all, nothing goes. What was given up
 * waiting for is not under way any more.
 */
/** How much may be sent ahead of its acknowledgement, over all documents of a session. */
final class Window {

  private long credit;
  private long underWay;
  private boolean jammed;

  /** The peer takes as much as this from now on. */
  void setCredit(long bytes) {
    credit = bytes;
    jammed = false;
  }

  /** Whether so much can go now. If not, the window is closed until something makes room. */
  boolean takes(long bytes) {
    boolean fits = credit > 0 && (underWay == 0 || bytes <= credit - underWay);
    jammed = !fits;
    return fits;
  }

  /** Whether nothing can go. */
  boolean isClosed() {
    return jammed || isPaused() || (underWay > 0 && underWay >= credit);
  }

  /** Whether the peer wants nothing at all for now. */
  boolean isPaused() {
    return credit == 0;
  }

  void depart(long bytes) {
    underWay += bytes;
  }

  /** So much has arrived, or was lost. */
  void land(long bytes) {
    underWay -= bytes;
    jammed = false;
  }
}
