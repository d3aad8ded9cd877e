/** What is to be done: scripts of edits, the same for all. */
@NullMarked
package dev.plait.peers.work;

import org.jspecify.annotations.NullMarked;
