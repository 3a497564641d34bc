package org.carepathway.booking;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.carepathway.capacity.FreeTime;
import org.carepathway.form.Form;
import org.carepathway.form.FormItem;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * The answers that follow from a time that was chosen.
 *
 * @param answers linkId to value
 */
public record Chosen(Map<String, Type> answers) {

  private static final DateTimeFormatter TYPED = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

  static Chosen of(FreeTime free, BookingRule rule, FhirPaths paths, FhirPathContext context) {
    Map<String, Type> answers = new LinkedHashMap<>();
    answers.put("start", (Type) context.value("start").get(0));
    free.names().forEach((kind, actor) -> answers.put(kind, new StringType(actor.name())));
    rule.answers()
        .forEach(
            each ->
                paths.evaluate(null, each.path(), context).stream()
                    .findFirst()
                    .ifPresent(value -> answers.put(each.name(), (Type) value)));
    return new Chosen(answers);
  }

  /** A time as an answer, on the clock of the site. */
  public static DateTimeType time(Instant start, ZoneId zone) {
    DateTimeType time = new DateTimeType(Date.from(start));
    time.setTimeZone(TimeZone.getTimeZone(zone));
    return time;
  }

  /** The form's first answers with these in their place. */
  public QuestionnaireResponse in(Form form, QuestionnaireResponse first) {
    QuestionnaireResponse changed = first.copy();
    changed.setItem(level(form.items(), first.getItem()));
    return changed;
  }

  private List<QuestionnaireResponseItemComponent> level(
      List<FormItem> items, List<QuestionnaireResponseItemComponent> first) {
    List<QuestionnaireResponseItemComponent> level = new ArrayList<>();
    for (FormItem item : items) {
      List<QuestionnaireResponseItemComponent> known =
          first.stream().filter(each -> item.linkId().equals(each.getLinkId())).toList();
      if (item.isGroup() && !item.repeats()) {
        QuestionnaireResponseItemComponent group = new QuestionnaireResponseItemComponent();
        group.setLinkId(item.linkId());
        group.setItem(level(item.items(), known.isEmpty() ? List.of() : known.get(0).getItem()));
        if (group.hasItem()) {
          level.add(group);
        }
      } else if (item.isQuestion() && answers.containsKey(item.linkId())) {
        QuestionnaireResponseItemComponent question = new QuestionnaireResponseItemComponent();
        question.setLinkId(item.linkId()).addAnswer().setValue(answers.get(item.linkId()));
        level.add(question);
      } else {
        level.addAll(known);
      }
    }
    return level;
  }

  /** As the fields of a page hold it, by the name of the field. */
  public Map<String, List<String>> typed(ZoneId zone) {
    Map<String, List<String>> typed = new LinkedHashMap<>();
    answers.forEach(
        (name, value) ->
            typed.put(
                name,
                List.of(
                    value instanceof BaseDateTimeType time
                        ? TYPED.format(time.getValue().toInstant().atZone(zone))
                        : value.primitiveValue())));
    return typed;
  }
}
