/** That the comparison compares what it says. */
@NullMarked
package dev.plait.peers;

import org.jspecify.annotations.NullMarked;
