package org.carepathway.invariant;

import java.util.List;

/** Something that must hold for every patient at every time. */
@FunctionalInterface
public interface Invariant {

  /**
   * Looks at one step of a pathway: what happened, and what is now.
   *
   * @return what is wrong, in words; empty when it holds
   */
  List<String> broken(Moment before, Moment after);

  /** The claims, rows and exception paths that it stands for (docs/traceability.md). */
  default List<String> proves() {
    return List.of();
  }

  /** What it is called in the traceability list. */
  default String name() {
    return getClass().getSimpleName();
  }
}
