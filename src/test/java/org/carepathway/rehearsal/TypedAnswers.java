package org.carepathway.rehearsal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.form.Computed;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;

/**
 * The answers of a form that somebody has typed or chosen, since the form did not know them. A list
 * that one button ticks is one answer where all of it is ticked; so is one choice for several
 * questions, with the answers that it gives.
 */
final class TypedAnswers {

  private static final String CONTROL =
      "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl";
  private static final String CHECK_ALL = "check-all";
  private static final String TOGETHER =
      "https://carepathway.org/fhir/StructureDefinition/answers-together";
  private static final int MINUTE = "2026-11-02T09:00".length();

  private final Map<String, List<String>> known = new HashMap<>();
  private final Map<String, Integer> typed = new LinkedHashMap<>();

  private TypedAnswers() {}

  static TypedAnswers of(
      Questionnaire form,
      QuestionnaireResponse before,
      QuestionnaireResponse after,
      List<Computed.Offer> computed) {
    TypedAnswers typed = new TypedAnswers();
    typed.know(before.getItem());
    typed.knowShared(form.getItem(), after);
    typed.knowComputed(computed);
    typed.count(after.getItem(), ticked(form.getItem()));
    return typed;
  }

  /** How many by question. */
  Map<String, Integer> byQuestion() {
    return typed;
  }

  private void know(List<QuestionnaireResponseItemComponent> items) {
    for (QuestionnaireResponseItemComponent item : items) {
      List<String> values = known.computeIfAbsent(item.getLinkId(), id -> new ArrayList<>());
      item.getAnswer().forEach(answer -> values.add(text(answer.getValue())));
      know(item.getItem());
    }
  }

  /** What a choice that was made answers is typed by nobody. */
  private void knowShared(List<QuestionnaireItemComponent> items, QuestionnaireResponse after) {
    for (QuestionnaireItemComponent item : items) {
      int made = made(item.getLinkId(), after.getItem());
      for (Extension shared : item.getExtensionsByUrl(TOGETHER)) {
        String answer = text(shared.getExtensionByUrl("answer").getValue());
        known
            .computeIfAbsent(shared.getExtensionString("question"), question -> new ArrayList<>())
            .addAll(Collections.nCopies(made, answer));
      }
      knowShared(item.getItem(), after);
    }
  }

  /** What follows from other answers stands in its field before anybody types it. */
  private void knowComputed(List<Computed.Offer> computed) {
    for (Computed.Offer offer : computed) {
      known
          .computeIfAbsent(offer.item().linkId(), question -> new ArrayList<>())
          .add(text(offer.value()));
    }
  }

  private static int made(String choice, List<QuestionnaireResponseItemComponent> items) {
    return items.stream()
        .mapToInt(
            item ->
                made(choice, item.getItem())
                    + (item.getLinkId().equals(choice)
                        ? (int) item.getAnswer().stream().filter(TypedAnswers::isYes).count()
                        : 0))
        .sum();
  }

  private static boolean isYes(QuestionnaireResponseItemAnswerComponent answer) {
    return "true".equals(answer.getValue().primitiveValue());
  }

  private void count(List<QuestionnaireResponseItemComponent> items, List<String> ticked) {
    for (QuestionnaireResponseItemComponent item : items) {
      long fresh =
          item.getAnswer().stream()
              .filter(
                  answer ->
                      !known
                          .getOrDefault(item.getLinkId(), new ArrayList<>())
                          .remove(text(answer.getValue())))
              .count();
      int count = (int) (ticked.contains(item.getLinkId()) ? Math.min(1, fresh) : fresh);
      if (count > 0) {
        typed.merge(item.getLinkId(), count, Integer::sum);
      }
      count(item.getItem(), ticked);
    }
  }

  private static List<String> ticked(List<QuestionnaireItemComponent> items) {
    List<String> found = new ArrayList<>();
    for (QuestionnaireItemComponent item : items) {
      if (item.getExtensionByUrl(CONTROL) != null
          && item.getExtensionByUrl(CONTROL).getValue() instanceof CodeableConcept control
          && control.getCodingFirstRep().getCode().equals(CHECK_ALL)) {
        found.add(item.getLinkId());
      }
      found.addAll(ticked(item.getItem()));
    }
    return found;
  }

  private static String text(Type value) {
    if (value instanceof Coding coding) {
      return coding.getCode();
    }
    if (value instanceof Quantity quantity) {
      return quantity.getValue() + " " + quantity.getCode();
    }
    String text = value.primitiveValue();
    return value instanceof BaseDateTimeType && text.length() > MINUTE
        ? text.substring(0, MINUTE)
        : text;
  }
}
