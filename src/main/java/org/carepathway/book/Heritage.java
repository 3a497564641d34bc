package org.carepathway.book;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.book.Change.Way;

/** What of an heir's book is its own, what it changed, and what it has as it was inherited. */
public final class Heritage {

  /** Of a pathway that inherits nothing. */
  public static final Heritage NONE = new Heritage(null);

  private final Map<String, Way> own;

  private Heritage(Map<String, Way> own) {
    this.own = own;
  }

  /**
   * @param changes what differs from the pathway inherited from
   */
  public static Heritage of(List<Change> changes) {
    Map<String, Way> own = new HashMap<>();
    changes.forEach(change -> own.put(change.anchor(), change.way()));
    return new Heritage(own);
  }

  /** {@code own}, {@code changed} or {@code inherited}; null where nothing is inherited. */
  public String of(String anchor) {
    if (own == null) {
      return null;
    }
    if (own.get(anchor) == Way.ADDED) {
      return "own";
    }
    boolean changed =
        own.keySet().stream()
            .anyMatch(some -> some.equals(anchor) || some.startsWith(anchor + '-'));
    return changed ? "changed" : "inherited";
  }
}
