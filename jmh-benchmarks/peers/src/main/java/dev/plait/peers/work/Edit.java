package dev.plait.peers.work;

import java.util.List;

/** One edit of the container that a script is about. Values are strings, numbers or flat maps. */
public sealed interface Edit {
  /** Inserts into a text. */
  record Insert(int position, String text) implements Edit {}

  /** Deletes from a text. */
  record Delete(int position, int length) implements Edit {}

  /** Inserts into a list. */
  record ListInsert(int position, List<Object> values) implements Edit {}

  /** Puts a value under a key of a map. */
  record Put(String key, Object value) implements Edit {}

  /** Takes away what is under a key of a map, if anything is. */
  record Remove(String key) implements Edit {}

  /** Adds a member to a set. */
  record Add(String member) implements Edit {}

  /** Removes a member of a set, if it is one. */
  record Discard(String member) implements Edit {}
}
