package dev.plait.wire;

import static dev.plait.wire.Direction.DECODING;

import dev.plait.codec.Limits;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads keys of maps. Not thread-safe. */
final class KeyReader {
  private final Limits limits;
  private final Column keys = new Column();
  private final Column lengths = new Column();
  private final List<String> table = new ArrayList<>();
  private final Set<String> distinct = new HashSet<>();

  /** Which keys of the table were found to be such that a map container may have them. */
  private final BitSet allowed = new BitSet();

  private TextPieces names = TextPieces.NONE;

  KeyReader(Limits limits) {
    this.limits = limits;
  }

  /** Starts over without columns. */
  void restart() {
    keys.clear();
    lengths.clear();
    table.clear();
    distinct.clear();
    allowed.clear();
    names = TextPieces.NONE;
  }

  /** Finds the columns; takes a tag and gives the one behind them. */
  int readColumns(ProtoReader in, int first) {
    int tag = first;
    if (tag == ProtoReader.bytesTag(PayloadFields.KEYS)) {
      in.column(keys);
      tag = in.tag();
    }
    if (tag == ProtoReader.bytesTag(PayloadFields.KEY_LENGTHS)) {
      in.column(lengths);
      tag = in.tag();
    }
    return tag;
  }

  /** How many units all different keys have. */
  long units() {
    return lengths.sumInts();
  }

  /** Gives the units of all different keys. */
  void start(TextPieces units) {
    names = units;
  }

  /** How many keys may still come. */
  int atMost() {
    return keys.bytesLeft();
  }

  /** The next key. */
  String next() {
    return table.get(nextNumber());
  }

  /** The next key, which must be one that a map container may have. */
  String nextAllowed() {
    int number = nextNumber();
    String key = table.get(number);
    if (!allowed.get(number)) {
      NameRules.check(DECODING, limits, "a key", key);
      allowed.set(number);
    }
    return key;
  }

  private int nextNumber() {
    int number = keys.nextInt();
    if (number > table.size()) {
      throw DECODING.malformed(
          "there is no key " + number + " among the " + table.size() + " before here");
    }
    if (number == 0) {
      addNew();
      return table.size() - 1;
    }
    return number - 1;
  }

  private void addNew() {
    Counts.checked(DECODING, limits, "keys", table.size() + 1);
    String key = names.next(lengths.nextInt());
    if (!distinct.add(key)) {
      throw DECODING.malformed("a key comes for the first time twice");
    }
    table.add(key);
  }

  void checkUsedUp() {
    keys.checkUsedUp("keys");
    lengths.checkUsedUp("lengths of keys");
  }
}
