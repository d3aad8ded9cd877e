/**
 * Properties of whole documents, in random histories over real bytes.
 *
 * <p>Use {@link dev.plait.properties.document.Group} when a property is about several documents
 * that exchange changes and states; use the unit tests of documents when a small example says what
 * is promised.
 */
@NullMarked
package dev.plait.properties.document;

import org.jspecify.annotations.NullMarked;
