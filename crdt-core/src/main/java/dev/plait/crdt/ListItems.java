package dev.plait.crdt;

import dev.plait.value.Content;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a list, by element. They stay where they are when they are deleted, so a deletion
 * can be taken back. Not thread-safe.
 */
final class ListItems {
  private static final int PAGE_BITS = 4;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int PAGE_MASK = PAGE - 1;

  private @Nullable Content[] @Nullable [] pages = {};

  /** Keeps what an element holds. */
  void put(int element, Content content) {
    int number = element >> PAGE_BITS;
    if (number >= pages.length) {
      pages = Arrays.copyOf(pages, Math.max(number + 1, pages.length + (pages.length >> 1)));
    }
    @Nullable Content[] page = pages[number];
    if (page == null) {
      page = new @Nullable Content[PAGE];
      pages[number] = page;
    }
    page[element & PAGE_MASK] = content;
  }

  /** Keeps what this element and those that follow it hold. */
  void put(int first, List<Content> contents) {
    int element = first;
    for (Content content : contents) {
      put(element, content);
      element++;
    }
  }

  /** What an element holds that was put. */
  Content get(int element) {
    @Nullable Content[] page = Objects.requireNonNull(pages[element >> PAGE_BITS]);
    return Objects.requireNonNull(page[element & PAGE_MASK]);
  }
}
