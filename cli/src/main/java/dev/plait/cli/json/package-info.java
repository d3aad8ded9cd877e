/**
 * Plain data as JSON, one form for each value.
 *
 * <p>Use {@link dev.plait.cli.json.JsonReader} when you take values from somebody's JSON; use
 * {@link dev.plait.cli.json.JsonWriter} when you write values so that equal ones give equal text.
 */
@NullMarked
package dev.plait.cli.json;

import org.jspecify.annotations.NullMarked;
