package org.carepathway.delivery;

import static org.carepathway.delivery.V2Text.components;
import static org.carepathway.delivery.V2Text.concept;
import static org.carepathway.delivery.V2Text.plain;
import static org.carepathway.delivery.V2Text.segment;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Quantity;

/**
 * What was found or done in a message of results: a value where it is one, else line by line.
 *
 * @param number of ours
 * @param local what it is, under a name of ours
 * @param words what it says, line by line
 */
record V2Result(DomainResource resource, String number, String local, String words) {

  void add(V2Text text, Instant at) {
    Observation observation = resource instanceof Observation one ? one : null;
    text.add(
        segment("OBR")
            .field(1, "1")
            .field(3, number)
            .field(4, observation == null ? local : concept(observation.getCode()))
            .field(7, observation == null ? text.time(at) : time(text, observation))
            .field(22, text.time(at))
            .field(25, isWrong() ? "X" : "F"));
    if (observation != null && observation.getValue() instanceof Quantity quantity) {
      value(text, observation, quantity);
    } else {
      lines(text);
    }
  }

  private void value(V2Text text, Observation observation, Quantity quantity) {
    text.add(
        segment("OBX")
            .field(1, "1")
            .field(2, "NM")
            .field(3, concept(observation.getCode()))
            .field(5, quantity.getValue().toPlainString())
            .field(
                6,
                quantity.hasCode()
                    ? components(quantity.getCode(), quantity.getUnit(), "UCUM")
                    : plain(quantity.getUnit()))
            .field(11, status())
            .field(14, time(text, observation)));
  }

  void lines(V2Text text) {
    int line = 1;
    for (String words : words.split("\n")) {
      text.add(
          segment("OBX")
              .field(1, String.valueOf(line++))
              .field(2, "TX")
              .field(3, local)
              .field(5, plain(words))
              .field(11, status()));
    }
  }

  private static String time(V2Text text, Observation observation) {
    return observation.hasEffectiveDateTimeType()
        ? text.time(observation.getEffectiveDateTimeType().getValue())
        : "";
  }

  /** HL7 table 0085. */
  private String status() {
    return isWrong() ? "W" : "F";
  }

  private boolean isWrong() {
    return Stream.ofNullable(resource.getNamedProperty("status"))
        .map(Property::getValues)
        .flatMap(List::stream)
        .map(Base::primitiveValue)
        .anyMatch("entered-in-error"::equals);
  }
}
