package org.carepathway.patient.web;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.page.Texts;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;

/** The answers at one place of the form that says what the patient page shows. */
record ShownItems(List<QuestionnaireResponseItemComponent> items, Texts texts) {

  /** What is in each occurrence of a group. */
  List<ShownItems> each(String linkId) {
    return occurrences(linkId).map(item -> new ShownItems(item.getItem(), texts)).toList();
  }

  /** What is in a group, in all its occurrences. */
  ShownItems in(String linkId) {
    return new ShownItems(
        occurrences(linkId).flatMap(item -> item.getItem().stream()).toList(), texts);
  }

  Optional<BigDecimal> number(String linkId) {
    return value(linkId)
        .filter(DecimalType.class::isInstance)
        .map(v -> ((DecimalType) v).getValue());
  }

  Optional<DateTimeType> moment(String linkId) {
    return value(linkId)
        .filter(DateTimeType.class::isInstance)
        .map(DateTimeType.class::cast)
        .filter(DateTimeType::hasValue);
  }

  Optional<String> code(String linkId) {
    return value(linkId).filter(Coding.class::isInstance).map(v -> ((Coding) v).getCode());
  }

  String text(String linkId) {
    return value(linkId).map(Type::primitiveValue).map(texts::of).orElse("");
  }

  /** All texts of these questions, in order. */
  List<String> lines() {
    return items.stream()
        .filter(QuestionnaireResponseItemComponent::hasAnswer)
        .map(item -> texts.of(item.getAnswerFirstRep().getValue().primitiveValue()))
        .toList();
  }

  private Optional<Type> value(String linkId) {
    return occurrences(linkId)
        .filter(QuestionnaireResponseItemComponent::hasAnswer)
        .map(item -> item.getAnswerFirstRep().getValue())
        .findFirst();
  }

  private Stream<QuestionnaireResponseItemComponent> occurrences(String linkId) {
    return items.stream().filter(item -> linkId.equals(item.getLinkId()));
  }
}
