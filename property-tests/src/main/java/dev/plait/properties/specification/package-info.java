/**
 * What every type and a whole document must show, worked out from the bare set of operations, from
 * who had seen what, and from the order of stamps.
 *
 * <p>Use {@link dev.plait.properties.specification.DocumentSpecification} when you have the changes
 * that a replica applied and want to know what it must show. Use {@link
 * dev.plait.properties.specification.TypeSpecification} when you have the operations of a single
 * data type, with what the maker of each had seen.
 */
@NullMarked
package dev.plait.properties.specification;

import org.jspecify.annotations.NullMarked;
