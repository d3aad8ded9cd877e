/** What is measured of a library on the JVM, written once for all of them. */
@NullMarked
package dev.plait.peers.task;

import org.jspecify.annotations.NullMarked;
