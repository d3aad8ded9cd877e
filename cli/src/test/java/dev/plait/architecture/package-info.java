/**
 * The rules of the whole code base: which package may know which, and what the portable core
 * avoids.
 */
@NullMarked
package dev.plait.architecture;

import org.jspecify.annotations.NullMarked;
