package dev.plait.peers.work;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What some users do with one container, each on a replica of their own. Each transaction becomes
 * one change.
 *
 * @param name its name in the results
 * @param root the container
 * @param users the transactions of each, in order
 * @param end what the text has to be after those of the first user, if it is a text
 */
public record Script(String name, Root root, List<List<List<Edit>>> users, @Nullable String end) {
  public Script {
    users = List.copyOf(users);
  }

  /** The transactions of one user. */
  public List<List<Edit>> user(int number) {
    return Objects.requireNonNull(users.get(number));
  }
}
