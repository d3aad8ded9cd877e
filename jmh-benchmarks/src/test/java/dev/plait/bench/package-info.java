/** Tests of the benchmarks. */
@NullMarked
package dev.plait.bench;

import org.jspecify.annotations.NullMarked;
