/** What was measured, as tables and charts. */
@NullMarked
package dev.plait.peers.page;

import org.jspecify.annotations.NullMarked;
