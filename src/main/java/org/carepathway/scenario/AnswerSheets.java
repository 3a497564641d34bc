package org.carepathway.scenario;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.form.AnswerCheck;
import org.carepathway.form.Computed;
import org.carepathway.form.Form;
import org.carepathway.form.FormIssue;
import org.carepathway.form.FormItem;
import org.carepathway.form.FormReader;
import org.carepathway.form.SharedAnswers;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.springframework.stereotype.Component;

/** Fills a form with a scenario's answers, on top of what is pre-filled. */
@Component
public class AnswerSheets {

  private final FormReader reader;
  private final AnswerCheck check;
  private final FhirPaths paths;
  private final Clock clock;

  AnswerSheets(FormReader reader, AnswerCheck check, FhirPaths paths, Clock clock) {
    this.reader = reader;
    this.check = check;
    this.paths = paths;
    this.clock = clock;
  }

  /** As {@link #fill(Form, QuestionnaireResponse, Map)}, for a form as the FHIR store has it. */
  public QuestionnaireResponse fill(
      Questionnaire form, QuestionnaireResponse prefilled, Map<String, Object> answers) {
    return fill(reader.read(form), prefilled, answers);
  }

  /**
   * @param prefilled what is known already
   * @param answers linkId to answer; a list for a repeating question or group
   * @throws IllegalArgumentException when an answer names no question of the form
   */
  QuestionnaireResponse fill(
      Form form, QuestionnaireResponse prefilled, Map<String, Object> answers) {
    requireKnown(form, answers);
    QuestionnaireResponse response = prefilled.copy();
    response.setStatus(QuestionnaireResponseStatus.COMPLETED);
    response.setItem(items(form.items(), prefilled.getItem(), answers));
    SharedAnswers shared = new SharedAnswers(form);
    shared.addTo(response);
    shared.takeBackFrom(response);
    computed(form).addTo(response);
    dropWhatIsNotAsked(form, response);
    return response;
  }

  /** What a form as the FHIR store has it computes of the answers, by the name of the field. */
  public List<Computed.Offer> computed(Questionnaire form, QuestionnaireResponse answers) {
    return computed(reader.read(form)).all(answers);
  }

  private Computed computed(Form form) {
    return new Computed(form, paths, FhirPathContext.at(ZonedDateTime.now(clock)));
  }

  private List<QuestionnaireResponseItemComponent> items(
      List<FormItem> items,
      List<QuestionnaireResponseItemComponent> prefilled,
      Map<String, Object> answers) {
    List<QuestionnaireResponseItemComponent> filled = new ArrayList<>();
    for (FormItem item : items) {
      List<QuestionnaireResponseItemComponent> known =
          prefilled.stream().filter(some -> item.linkId().equals(some.getLinkId())).toList();
      if (item.isGroup()) {
        filled.addAll(groups(item, known, answers));
      } else if (item.isQuestion() && answers.containsKey(item.linkId())) {
        filled.add(question(item, answers.get(item.linkId())));
      } else {
        filled.addAll(known);
      }
    }
    return filled;
  }

  @SuppressWarnings("unchecked")
  private List<QuestionnaireResponseItemComponent> groups(
      FormItem item, List<QuestionnaireResponseItemComponent> known, Map<String, Object> answers) {
    if (answers.get(item.linkId()) instanceof List<?> written) {
      List<QuestionnaireResponseItemComponent> groups = new ArrayList<>();
      for (int i = 0; i < written.size(); i++) {
        Map<String, Object> inside = new HashMap<>(answers);
        inside.putAll((Map<String, Object>) written.get(i));
        groups.add(group(item, i < known.size() ? known.get(i).getItem() : List.of(), inside));
      }
      return groups;
    }
    if (item.repeats()) {
      return known;
    }
    QuestionnaireResponseItemComponent group =
        group(item, known.isEmpty() ? List.of() : known.get(0).getItem(), answers);
    return group.hasItem() ? List.of(group) : List.of();
  }

  private QuestionnaireResponseItemComponent group(
      FormItem item, List<QuestionnaireResponseItemComponent> known, Map<String, Object> answers) {
    QuestionnaireResponseItemComponent group = new QuestionnaireResponseItemComponent();
    group.setLinkId(item.linkId());
    group.setItem(items(item.items(), known, answers));
    return group;
  }

  private QuestionnaireResponseItemComponent question(FormItem item, Object written) {
    QuestionnaireResponseItemComponent question = new QuestionnaireResponseItemComponent();
    question.setLinkId(item.linkId());
    List<?> values = written instanceof List<?> list ? list : List.of(written);
    AnswerValues answers = new AnswerValues(clock, AnswerSheets::coding);
    values.forEach(value -> question.addAnswer().setValue(answers.of(item, value)));
    return question;
  }

  /** Answers that another answer makes needless are left out, as a page leaves them out. */
  private void dropWhatIsNotAsked(Form form, QuestionnaireResponse response) {
    FhirPathContext context = FhirPathContext.at(ZonedDateTime.now(clock));
    Set<String> disabled;
    do {
      disabled =
          check.check(form, response, context).stream()
              .filter(issue -> FormIssue.DISABLED.equals(issue.rule()))
              .map(FormIssue::linkId)
              .collect(Collectors.toSet());
      drop(response.getItem(), disabled);
    } while (!disabled.isEmpty());
  }

  private static void drop(List<QuestionnaireResponseItemComponent> items, Set<String> linkIds) {
    items.removeIf(item -> linkIds.contains(item.getLinkId()));
    items.forEach(item -> drop(item.getItem(), linkIds));
  }

  private static Coding coding(FormItem item, String code) {
    return item.options().stream()
        .filter(Coding.class::isInstance)
        .map(Coding.class::cast)
        .filter(option -> code.equals(option.getCode()) || code.equals(option.getDisplay()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no option of %s".formatted(code, item.linkId())));
  }

  private static void requireKnown(Form form, Map<String, Object> answers) {
    answers.keySet().stream()
        .filter(linkId -> form.item(linkId).isEmpty())
        .findFirst()
        .ifPresent(
            linkId -> {
              throw new IllegalArgumentException(
                  "form %s has no question '%s'".formatted(form.id(), linkId));
            });
  }
}
