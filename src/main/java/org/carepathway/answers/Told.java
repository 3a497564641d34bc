package org.carepathway.answers;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Who answered, beside whoever typed it: the relative whom all that was told names as its performer
 * is the source of the answers (QuestionnaireResponse.source, R4).
 */
final class Told {

  private static final String RELATIVE = "RelatedPerson/";

  private Told() {}

  /** Sets the source; takes away a relative who told nothing, and no source of another kind. */
  static void by(List<Resource> extracted, QuestionnaireResponse answers) {
    Optional<String> relative =
        extracted.stream()
            .filter(Observation.class::isInstance)
            .flatMap(observation -> performers((Observation) observation))
            .filter(reference -> reference.startsWith(RELATIVE))
            .findFirst();
    if (relative.isPresent()) {
      answers.setSource(new Reference(relative.get()));
    } else if (isRelative(answers.getSource())) {
      answers.setSource(null);
    }
  }

  private static boolean isRelative(Reference source) {
    return source.hasReference() && source.getReference().startsWith(RELATIVE);
  }

  private static Stream<String> performers(Observation observation) {
    return observation.getPerformer().stream()
        .map(Reference::getReference)
        .filter(Objects::nonNull);
  }
}
