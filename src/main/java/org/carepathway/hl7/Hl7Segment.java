package org.carepathway.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A line of a message.
 *
 * @param occurrence among those of its name, from 1
 */
record Hl7Segment(String name, int occurrence, Segment content, EncodingCharacters encoding) {

  /** Whether any field but the first, which numbers the segments, says something. */
  boolean saysMoreThanItsNumber() {
    return IntStream.rangeClosed(2, content.numFields())
        .mapToObj(this::first)
        .flatMap(Optional::stream)
        .anyMatch(field -> !field.isDeleted());
  }

  /** The repetitions of a field that are not empty. */
  List<Hl7Field> field(int number) {
    List<Hl7Field> fields = new ArrayList<>();
    try {
      if (number <= content.numFields()) {
        for (Type type : content.getField(number)) {
          Hl7Field field = new Hl7Field(type, encoding, new Place(name, occurrence, number, 0));
          if (!field.isEmpty()) {
            fields.add(field);
          }
        }
      }
    } catch (HL7Exception e) {
      throw new IllegalStateException(e);
    }
    return fields;
  }

  Optional<Hl7Field> first(int number) {
    return field(number).stream().findFirst();
  }

  /** The first component of a field; empty where it is empty. */
  Optional<String> text(int number) {
    return first(number).map(Hl7Field::text);
  }

  /** The first component of a field that must be there. */
  String required(int number, String name) {
    return text(number)
        .orElseThrow(
            () -> Hl7Refusal.at(this, number, Hl7Refusal.Fault.MISSING, name + " is missing"));
  }
}
