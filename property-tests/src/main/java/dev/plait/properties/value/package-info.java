/**
 * Arbitrary values of Plait's own vocabulary, to write properties with.
 *
 * <p>Use {@link dev.plait.properties.value.PlaitArbitraries} when a jqwik property of yours takes
 * names, times, versions or data. Use a list of small numbers, interpreted by your own code, when
 * it takes a history instead: a history has to fit together, and numbers shrink well.
 */
@NullMarked
package dev.plait.properties.value;

import org.jspecify.annotations.NullMarked;
