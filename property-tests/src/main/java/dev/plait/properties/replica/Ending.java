package dev.plait.properties.replica;

/** How a round comes to its end. */
enum Ending {
  /** One thread closes the replica. */
  BY_ONE,
  /** Two threads close the replica at once. */
  BY_TWO,
  /** A listener closes the replica, on whatever thread brings it an event. */
  BY_LISTENER,
  /** One thread closes the store; the replica is closed when all is over. */
  STORE_FIRST
}
