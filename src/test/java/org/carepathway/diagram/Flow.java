package org.carepathway.diagram;

import java.util.List;

/**
 * A drawn sequence flow.
 *
 * @param name its label; empty for none
 * @param source id of the element that it leaves
 * @param target id of the element that it enters
 */
record Flow(String id, String name, String source, String target, List<Line> lines) {

  boolean sharesAnEnd(Flow other) {
    return source.equals(other.source) || target.equals(other.target);
  }

  /** Flows that share an end may run into one another, but not through one another. */
  boolean isInTheWayOf(Flow other) {
    return lines.stream()
        .anyMatch(
            line ->
                other.lines.stream()
                    .anyMatch(
                        that -> sharesAnEnd(other) ? line.crosses(that) : line.touches(that)));
  }
}
