package dev.plait.peers.engine;

import com.typesafe.config.ConfigFactory;
import dev.plait.peers.work.Edit;
import dev.plait.peers.work.Root;
import dev.plait.peers.work.Script;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.ddata.DeltaReplicatedData;
import org.apache.pekko.cluster.ddata.LWWMap;
import org.apache.pekko.cluster.ddata.ORSet;
import org.apache.pekko.cluster.ddata.ReplicatedData;
import org.apache.pekko.cluster.ddata.ReplicatedDelta;
import org.apache.pekko.cluster.ddata.SelfUniqueAddress;
import org.apache.pekko.cluster.ddata.protobuf.ReplicatedDataSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The data types of Pekko Distributed Data, without the actors that send them around: immutable
 * states and their deltas, encoded by Pekko's own serializer.
 */
final class PekkoEngine implements Engine, AutoCloseable {
  private static final int FIRST_PORT = 10_000;

  private final ActorSystem system =
      ActorSystem.create(
          "peers",
          ConfigFactory.parseString(
                  "pekko.loglevel=OFF, pekko.stdout-loglevel=OFF, pekko.actor.provider=local")
              .withFallback(ConfigFactory.load()));
  private final ReplicatedDataSerializer serializer =
      new ReplicatedDataSerializer((ExtendedActorSystem) system);

  @Override
  public String name() {
    return "pekko";
  }

  @Override
  public @Nullable String reasonAgainst(Script script) {
    if (script.root() == Root.TEXT || script.root() == Root.LIST) {
      return "it has neither texts nor lists";
    }
    boolean holdsMaps =
        script.users().stream()
            .flatMap(List::stream)
            .flatMap(List::stream)
            .anyMatch(edit -> edit instanceof Edit.Put put && put.value() instanceof Map);
    return holdsMaps ? "it has no serializer for maps as values" : null;
  }

  @Override
  public boolean isOnHeap() {
    return true;
  }

  @Override
  public Copy create(int user, Root root) {
    return new PekkoCopy(root == Root.MAP ? LWWMap.create() : ORSet.create(), user);
  }

  @Override
  public Copy open(byte[] saved, int user, Root root) {
    return new PekkoCopy((DeltaReplicatedData) decode(saved), user);
  }

  @Override
  public void close() {
    system.terminate();
  }

  private byte[] encode(Object data) {
    byte[] manifest = serializer.manifest(data).getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = serializer.toBinary(data);
    return ByteBuffer.allocate(1 + manifest.length + bytes.length)
        .put((byte) manifest.length)
        .put(manifest)
        .put(bytes)
        .array();
  }

  private Object decode(byte[] encoded) {
    int end = 1 + encoded[0];
    String manifest = new String(encoded, 1, encoded[0], StandardCharsets.US_ASCII);
    byte[] bytes = Arrays.copyOfRange(encoded, end, encoded.length);
    return serializer.fromBinary(bytes, manifest);
  }

  private final class PekkoCopy implements Copy {
    private final SelfUniqueAddress self;
    private final List<byte[]> updates = new ArrayList<>();
    private DeltaReplicatedData data;
    private boolean recording;

    PekkoCopy(DeltaReplicatedData data, int user) {
      this.data = data;
      Address address = new Address("pekko", "peers", "localhost", FIRST_PORT + user);
      self = new SelfUniqueAddress(new UniqueAddress(address, user + 1L));
    }

    @Override
    public void transact(List<Edit> edits) {
      for (Edit edit : edits) {
        data = edited(edit);
      }
      if (recording && data.delta().isDefined()) {
        updates.add(encode(data.delta().get()));
      }
      data = (DeltaReplicatedData) data.resetDelta();
    }

    @SuppressWarnings("unchecked")
    private DeltaReplicatedData edited(Edit edit) {
      if (edit instanceof Edit.Put put) {
        return ((LWWMap<String, Object>) data).put(self, put.key(), put.value());
      }
      if (edit instanceof Edit.Remove remove) {
        return ((LWWMap<String, Object>) data).remove(self, remove.key());
      }
      if (edit instanceof Edit.Add add) {
        return ((ORSet<String>) data).add(self, add.member());
      }
      return ((ORSet<String>) data).remove(self, ((Edit.Discard) edit).member());
    }

    @Override
    public void startRecording() {
      recording = true;
    }

    @Override
    public List<byte[]> takeUpdates() {
      List<byte[]> taken = List.copyOf(updates);
      updates.clear();
      return taken;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void apply(byte[] update) {
      Object decoded = decode(update);
      if (decoded instanceof ReplicatedDelta delta) {
        data = (DeltaReplicatedData) data.mergeDelta(delta);
      } else {
        data = (DeltaReplicatedData) data.merge((ReplicatedData) decoded);
      }
    }

    @Override
    public byte[] history() {
      return encode(data);
    }

    @Override
    public byte[] save() {
      return encode(data);
    }

    @Override
    public Object content() {
      if (data instanceof LWWMap<?, ?> map) {
        Map<String, Object> entries = new TreeMap<>();
        map.getEntries().forEach((key, value) -> entries.put((String) key, value));
        return entries;
      }
      return ((ORSet<?>) data).getElements().stream().map(String.class::cast).sorted().toList();
    }
  }
}
