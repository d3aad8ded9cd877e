/** The libraries that are compared, each behind the same face. */
@NullMarked
package dev.plait.peers.engine;

import org.jspecify.annotations.NullMarked;
