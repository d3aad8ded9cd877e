/**
 * The code that the guide shows of tests of one's own, run as it stands there.
 *
 * <p>Use {@link dev.plait.properties.guide.FlagLawsTest} as an example of a type that keeps the
 * laws, {@link dev.plait.properties.guide.HastySetLaws} of one that does not.
 */
@NullMarked
package dev.plait.properties.guide;

import org.jspecify.annotations.NullMarked;
