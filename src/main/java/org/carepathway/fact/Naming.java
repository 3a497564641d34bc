package org.carepathway.fact;

import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/** Gives what a resource is about a text: the sender may have written a code only. */
final class Naming {

  private Naming() {}

  static Resource named(Resource copy) {
    Stream.of("code", "medication[x]")
        .map(copy::getNamedProperty)
        .flatMap(property -> property == null ? Stream.empty() : values(property))
        .filter(concept -> !concept.hasText())
        .forEach(concept -> concept.setText(text(concept)));
    return copy;
  }

  private static Stream<CodeableConcept> values(Property property) {
    return property.getValues().stream()
        .filter(CodeableConcept.class::isInstance)
        .map(CodeableConcept.class::cast);
  }

  /** A code is not much of a name, but better than none: it can be looked up. */
  private static String text(CodeableConcept concept) {
    return Stream.concat(
            concept.getCoding().stream().filter(Coding::getUserSelected).map(Coding::getDisplay),
            Stream.concat(
                concept.getCoding().stream().map(Coding::getDisplay),
                concept.getCoding().stream().map(Coding::getCode)))
        .filter(text -> text != null && !text.isBlank())
        .findFirst()
        .orElse(null);
  }
}
