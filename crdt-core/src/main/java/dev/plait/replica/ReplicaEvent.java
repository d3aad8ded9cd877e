package dev.plait.replica;

import dev.plait.clock.Dot;
import dev.plait.clock.HybridTimestamp;
import dev.plait.clock.ReplicaId;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a replica which its owner may want to know, log or show. Immutable.
 */
public sealed interface ReplicaEvent {

  /**
   * The replica goes on under another id. Either the store was restored from a backup, or copied,
   * and somebody else writes, or has written, under the same id: the store itself can tell, or a
   * peer holds changes made under the old one that are not here. Or the replica has forgotten a
   * document in which it had written, and must not use a name twice. The new id is durable; all
   * that is written from now on bears it. Nothing is lost: what peers have of the old id comes in
   * like the changes of anybody.
   *
   * @param old who this replica was
   * @param fresh who it is now
   * @param document where it was noticed, or what was forgotten; null if it is not about one
   * @param reason what was noticed, for people
   */
  record IdentityReplaced(ReplicaId old, ReplicaId fresh, @Nullable String document, String reason)
      implements ReplicaEvent {}

  /**
   * Two different changes bear the same name: their author's store was copied, or it lies. The
   * later changes of that author are kept aside; those of all others go on.
   *
   * @param document where it was noticed
   * @param change the name that two changes bear
   * @param held the time of the one that is held here
   * @param other the time of the other one
   */
  record Equivocation(String document, Dot change, HybridTimestamp held, HybridTimestamp other)
      implements ReplicaEvent {}
}
