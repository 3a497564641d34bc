package org.carepathway.book;

import java.util.List;

/**
 * What differs from another version.
 *
 * @param anchor where it stands in the book
 * @param kind of the thing: message key
 * @param name of the thing, as people read it
 * @param where what it belongs to; empty for nothing
 * @param differences none where the whole thing was added or removed
 */
public record Change(
    Way way, String anchor, String kind, String name, String where, List<Difference> differences) {

  public enum Way {
    ADDED,
    REMOVED,
    CHANGED
  }

  /**
   * @param what message key
   * @param before null for what only computers read
   * @param after null for what only computers read
   */
  public record Difference(String what, String before, String after) {}
}
