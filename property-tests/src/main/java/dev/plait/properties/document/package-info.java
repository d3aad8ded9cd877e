/**
 * What can be done with a whole document, and what can be seen of it, for histories of any kind.
 *
 * <p>Use {@link dev.plait.properties.document.Edits} to edit whatever a document holds, {@link
 * dev.plait.properties.document.Face} to compare two documents, and {@link
 * dev.plait.properties.document.Shadow} to compare what listeners were told with what is there.
 */
@NullMarked
package dev.plait.properties.document;

import org.jspecify.annotations.NullMarked;
