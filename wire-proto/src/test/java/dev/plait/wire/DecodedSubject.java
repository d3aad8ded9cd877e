package dev.plait.wire;

import dev.plait.codec.ProtocolException;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A decoder: what it makes of bytes, or why it refuses them, must not take memory out of
 * proportion; and what it makes must survive being written and read again.
 */
abstract class DecodedSubject<T> implements FuzzSubject {
  private static final int TURNS = 8;

  private final String name;
  private final List<byte[]> samples;
  private final @Nullable Sealed sealed;
  private final Allocation allocation;

  /**
   * @param sealed where the bytes may be deflated; null if nowhere
   * @param perByte how many bytes may be allocated for each byte, inflated ones included
   */
  DecodedSubject(String name, List<byte[]> samples, @Nullable Sealed sealed, long perByte) {
    this.name = name;
    this.samples = samples;
    this.sealed = sealed;
    this.allocation = new Allocation(perByte);
  }

  abstract T decode(byte[] input);

  /** Fails if what was decoded is not something that can be written and read again. */
  abstract void verify(byte[] input, T decoded);

  /** What the bytes say to hold beyond themselves. */
  long claimed(byte[] input) {
    return sealed == null ? 0 : sealed.claimed(input);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final int turns() {
    return TURNS;
  }

  @Override
  public final byte[] sample(Random random) {
    return samples.get(random.nextInt(samples.size()));
  }

  @Override
  public byte[] damaged(byte[] sample, byte[] donor, Random random) {
    return damaged(sealed, sample, donor, random);
  }

  /** Damages a message outside or inside, with a thought of what it says or without. */
  static byte[] damaged(@Nullable Sealed sealed, byte[] sample, byte[] donor, Random random) {
    if (sealed == null || random.nextInt(4) == 0) {
      return damage(donor, random).apply(sample);
    }
    return sealed.change(sample, random, damage(sealed.open(donor), random));
  }

  private static UnaryOperator<byte[]> damage(byte[] donor, Random random) {
    return bytes -> {
      byte[] damaged = bytes;
      do {
        damaged =
            random.nextInt(3) == 0
                ? Mutation.of(damaged, donor, random)
                : new RawMutation(random).of(damaged, donor);
      } while (random.nextInt(4) == 0);
      return damaged;
    };
  }

  @Override
  public final String take(byte[] input) {
    Decoded<T> decoded = allocation.bounded(input.length + claimed(input), () -> attempt(input));
    T content = decoded.content;
    if (content == null) {
      return decoded.outcome;
    }
    verify(input, content);
    return ACCEPTED;
  }

  private Decoded<T> attempt(byte[] input) {
    try {
      return new Decoded<>(decode(input), ACCEPTED);
    } catch (ProtocolException refusal) {
      return new Decoded<>(null, Refusals.code(refusal));
    }
  }

  private record Decoded<T>(@Nullable T content, String outcome) {}
}
