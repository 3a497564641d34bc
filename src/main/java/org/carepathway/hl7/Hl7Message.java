package org.carepathway.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message: its segments in the order in which they came. */
record Hl7Message(List<Hl7Segment> segments) {

  Hl7Segment header() {
    return segments.get(0);
  }

  /** MSH-9 as {@code ADT^A01}. */
  String kind() {
    Hl7Field type = header().first(9).orElseThrow();
    return type.component(1) + '^' + type.component(2);
  }

  String controlId() {
    return header().text(10).orElseThrow();
  }

  Optional<Hl7Segment> first(String name) {
    return segments.stream().filter(segment -> segment.name().equals(name)).findFirst();
  }

  List<Hl7Segment> all(String name) {
    return segments.stream().filter(segment -> segment.name().equals(name)).toList();
  }

  /** The segments in groups, each of which begins with one of these; what is before is in none. */
  List<List<Hl7Segment>> groups(String first, String orFirst) {
    List<List<Hl7Segment>> groups = new ArrayList<>();
    for (Hl7Segment segment : segments) {
      List<Hl7Segment> last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
      boolean begins =
          segment.name().equals(first)
              || segment.name().equals(orFirst) && (last == null || has(last, orFirst));
      if (begins) {
        groups.add(new ArrayList<>(List.of(segment)));
      } else if (last != null) {
        last.add(segment);
      }
    }
    return groups;
  }

  private static boolean has(List<Hl7Segment> group, String name) {
    return group.stream().anyMatch(segment -> segment.name().equals(name));
  }
}
