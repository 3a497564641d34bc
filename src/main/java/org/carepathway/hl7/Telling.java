package org.carepathway.hl7;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;

/**
 * A message that is being read.
 *
 * @param patient the number of the patient, for keys
 * @param status of what it tells, by the kind of message; empty where it says it itself
 */
record Telling(
    String feed, String patient, Hl7Message message, String status, Mapping mapping, Times times) {

  void fill(Resource resource, Collection<Hl7Segment> segments) {
    mapping.fill(resource, segments, times);
  }

  /** That of the first of these fields that has a number of the type EI. */
  Optional<Identifier> number(List<Hl7Segment> segments, String... fields) {
    return numbers(segments, fields).stream().findFirst();
  }

  /** The numbers that the fields have, in their order. */
  List<Identifier> numbers(List<Hl7Segment> segments, String... fields) {
    return Stream.of(fields).flatMap(field -> inField(segments, field)).toList();
  }

  private Stream<Identifier> inField(List<Hl7Segment> segments, String field) {
    String[] name = field.split("-");
    return segments.stream()
        .filter(segment -> segment.name().equals(name[0]))
        .flatMap(
            segment ->
                segment
                    .first(Integer.parseInt(name[1]))
                    .map(
                        value ->
                            mapping
                                .codes()
                                .identifier(new Conversions.Source(segment, value, "EI", times)))
                    .stream());
  }

  String key(Identifier number) {
    return Statement.key(number, feed);
  }
}
