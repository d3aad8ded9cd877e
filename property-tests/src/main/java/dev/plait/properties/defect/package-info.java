/**
 * Mistakes planted into sources on purpose, to see that tests catch them: a test that passes
 * whatever the code does proves nothing.
 *
 * <p>Use {@link dev.plait.properties.defect.DefectContract} when you want to know whether the laws
 * and contracts you run would notice a mistake in a type, store or transport of yours; {@link
 * dev.plait.properties.defect.Defect} says what the mistake is, {@link
 * dev.plait.properties.defect.Suspect} which test is to notice it.
 */
@NullMarked
package dev.plait.properties.defect;

import org.jspecify.annotations.NullMarked;
