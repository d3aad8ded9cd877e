/** Who takes part, and the processes in which they work. */
@NullMarked
package dev.plait.peers.run;

import org.jspecify.annotations.NullMarked;
