/**
 * Properties of time and causality.
 *
 * <p>Use these when a rule has to hold for every history of wall clocks and versions; use the unit
 * tests of the clock module when one example says it better.
 */
@NullMarked
package dev.plait.properties.clock;

import org.jspecify.annotations.NullMarked;
