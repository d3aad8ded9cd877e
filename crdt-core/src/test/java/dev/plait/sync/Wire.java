package dev.plait.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.plait.transport.Link;
import dev.plait.transport.Receiver;
import dev.plait.transport.TransportException;
import org.jspecify.annotations.Nullable;

/** One end of a pair that stays connected: drives session after session over link after link. */
final class Wire implements Receiver, SyncListener {

  private static final long TICK = 100;
  private static final long REOPEN = 250;

  private final World world;
  private final String site;
  private final String peer;
  private @Nullable Link link;
  private @Nullable SyncSession session;
  private int generation;

  Wire(World world, String site, String peer) {
    this.world = world;
    this.site = site;
    this.peer = peer;
  }

  boolean isAt(String name) {
    return site.equals(name);
  }

  boolean isOppositeTo(Wire other) {
    return site.equals(other.peer) && peer.equals(other.site);
  }

  /** When both ends say that they are in sync, they hold the same, whatever is on its way. */
  private void checkClaim() {
    if (isInSync() && world.opposite(this).isInSync()) {
      assertEquals(world.site(site).content(), world.site(peer).content());
    }
  }

  boolean isInSync() {
    return session != null && session.isInSync();
  }

  void open() {
    try {
      link = new Counted(world.network.transport(site, peer).open(this));
    } catch (TransportException cut) {
      world.time.after(REOPEN, this::open);
      return;
    }
    generation++;
    session = SyncSession.start(world.site(site), new PlainCodec(), world.limits, this);
    speak();
    tickLater(generation);
  }

  private void tickLater(int ofGeneration) {
    world.time.after(
        TICK,
        () -> {
          if (session != null && ofGeneration == generation) {
            session.onTick();
            speak();
            tickLater(ofGeneration);
          }
        });
  }

  void onGrowth(String document) {
    if (session != null) {
      session.onDocumentChanged(document);
      speak();
    }
  }

  void cut() {
    world.network.cut(site, peer);
    world.time.after(100, () -> world.network.heal(site, peer));
  }

  private void speak() {
    if (session != null && link != null) {
      session.drainTo(link);
      if (session.isFinished()) {
        link.close();
      }
      checkClaim();
    }
  }

  @Override
  public void onFrame(byte[] frame) {
    if (session != null) {
      session.onFrame(frame);
      speak();
    }
  }

  @Override
  public void onWritable() {
    speak();
  }

  @Override
  public void onClosed(@Nullable String reason) {
    session = null;
    link = null;
    world.time.after(REOPEN, this::open);
  }

  @Override
  public void onDocument(DocumentStatus status) {
    if (status.isInSync()) {
      String document = status.document();
      assertEquals(status.version(), world.site(site).version(document));
      assertTrue(world.site(peer).version(document).dominates(status.version()));
    }
  }

  @Override
  public void onInSync(boolean inSync) {
    if (inSync && world.still) {
      assertEquals(world.site(site).content(), world.site(peer).content());
    }
  }

  @Override
  public void onEnd(SyncEnd end) {
    assertTrue(end.isInGoodOrder(), end::toString);
  }

  @Override
  public String toString() {
    return site + "-" + peer + " " + (session == null ? "closed" : session.status());
  }

  /** Counts what a link takes. */
  private final class Counted implements Link {
    private final Link counted;

    private Counted(Link counted) {
      this.counted = counted;
    }

    @Override
    public boolean offer(byte[] frame) {
      boolean taken = counted.offer(frame);
      if (taken) {
        world.onTaken(Wire.this);
      }
      return taken;
    }

    @Override
    public void close() {
      counted.close();
    }
  }
}
