package dev.plait.cli.trace;

/**
 * One splice of a text.
 *
 * @param position where, in Unicode code points from the start; at least 0
 * @param deleted how many code points are deleted there; at least 0
 * @param inserted what is inserted in their place; may be empty, holds no lone surrogate
 */
public record Patch(int position, int deleted, String inserted) {}
