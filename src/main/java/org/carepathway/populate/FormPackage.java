package org.carepathway.populate;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.fhir.Conformance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;
import org.springframework.stereotype.Component;

/** A form and what it takes to show it. */
@Component
class FormPackage {

  private final Conformance conformance;

  FormPackage(Conformance conformance) {
    this.conformance = conformance;
  }

  Bundle of(Questionnaire form) {
    Bundle all = new Bundle().setType(BundleType.COLLECTION);
    add(all, form.getUrl(), form);
    items(form.getItem())
        .filter(QuestionnaireItemComponent::hasAnswerValueSet)
        .map(QuestionnaireItemComponent::getAnswerValueSet)
        .distinct()
        .sorted()
        .flatMap(canonical -> expanded(canonical).stream())
        .forEach(valueSet -> add(all, valueSet.getUrl(), valueSet));
    return all;
  }

  /** One whose codes are not at hand comes as it is defined. */
  private Optional<ValueSet> expanded(String canonical) {
    return conformance
        .valueSet(canonical)
        .map(
            valueSet -> {
              try {
                return conformance.expanded(valueSet);
              } catch (UnprocessableEntityException notAtHand) {
                return valueSet;
              }
            });
  }

  private static void add(Bundle all, String url, Resource resource) {
    all.addEntry().setFullUrl(url).setResource(resource);
  }

  private static Stream<QuestionnaireItemComponent> items(List<QuestionnaireItemComponent> items) {
    return items.stream().flatMap(item -> Stream.concat(Stream.of(item), items(item.getItem())));
  }
}
