package org.carepathway.form;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Type;

/**
 * Reads the post of a page back into a response. Only the form decides what is read: parameters
 * that it has no field for are passed over, and what the service sets itself (read-only, hidden) is
 * taken from the prefill and never from the browser. It throws nothing for whatever was posted.
 */
public final class FormPost {

  private final Form form;
  private final Map<String, List<String>> parameters;
  private final FieldReader reader;
  private final FieldText text;
  private final Seen seen;
  private final List<FormIssue> issues = new ArrayList<>();
  private final Map<String, String> unreadable = new HashMap<>();

  private FormPost(Form form, Map<String, List<String>> parameters, ZoneId zone, Form shown) {
    this.form = form;
    this.parameters = parameters;
    this.reader = new FieldReader(zone, shown.language());
    this.text = new FieldText(zone, shown);
    this.seen = new Seen(parameters, shown, text);
  }

  /**
   * Reads a post.
   *
   * @param parameters by name, as {@link FieldView#name} gives it
   * @param prefilled what {@link Population} made; null for none
   * @param zone of the dates and times that were typed
   * @param shown the form in the language of the page
   * @return the response, completed and without an author, and what could not be read or has
   *     changed
   */
  public static Posted read(
      Form form,
      Map<String, List<String>> parameters,
      QuestionnaireResponse prefilled,
      ZoneId zone,
      Form shown) {
    return new FormPost(form, parameters, zone, shown).read(prefilled);
  }

  private Posted read(QuestionnaireResponse prefilled) {
    QuestionnaireResponse response = new QuestionnaireResponse();
    response.setQuestionnaire(form.canonical());
    response.setStatus(QuestionnaireResponseStatus.COMPLETED);
    Spot root =
        new Spot("", "", Place.ROOT, prefilled == null ? List.of() : prefilled.getItem(), false);
    response.setItem(level(form.items(), root));
    new SharedAnswers(form).addTo(response);
    new NotAsked(form).removeFrom(response);
    return new Posted(response, List.copyOf(issues), Map.copyOf(unreadable));
  }

  /**
   * Where one reads.
   *
   * @param posted prefix of the names as posted
   * @param shown prefix of the names as they are shown again, numbered without gaps
   * @param path of the occurrence in the new response
   * @param before the prefilled counterpart
   */
  private record Spot(
      String posted,
      String shown,
      String path,
      List<QuestionnaireResponseItemComponent> before,
      boolean locked) {}

  private List<QuestionnaireResponseItemComponent> level(List<FormItem> items, Spot spot) {
    List<QuestionnaireResponseItemComponent> read = new ArrayList<>();
    for (FormItem item : items) {
      List<QuestionnaireResponseItemComponent> before =
          Answers.occurrences(spot.before(), item.linkId());
      if (spot.locked() || item.isLocked()) {
        locked(item, before, spot, read);
      } else if (item.isQuestion()) {
        question(item, spot, read);
      } else if (item.isGroup() && item.repeats()) {
        repetitions(item, before, spot, read);
      } else if (item.isGroup()) {
        String path = Place.at(spot.path(), read.size());
        List<QuestionnaireResponseItemComponent> inside =
            before.isEmpty() ? List.of() : before.get(0).getItem();
        group(item, new Spot(spot.posted(), spot.shown(), path, inside, false), read);
      }
    }
    return read;
  }

  /** Takes what the service has set, and says where it is not what the person has seen. */
  private void locked(
      FormItem item,
      List<QuestionnaireResponseItemComponent> before,
      Spot spot,
      List<QuestionnaireResponseItemComponent> read) {
    issues.addAll(seen.changes(item, before, spot.posted(), Place.at(spot.path(), read.size())));
    before.forEach(occurrence -> read.add(occurrence.copy()));
  }

  private void repetitions(
      FormItem item,
      List<QuestionnaireResponseItemComponent> before,
      Spot spot,
      List<QuestionnaireResponseItemComponent> read) {
    int kept = 0;
    for (int index : Names.repetitions(parameters.keySet(), spot.posted(), item)) {
      String name = Names.repetition(spot.posted(), item, index);
      String shown = Names.inside(Names.repetition(spot.shown(), item, kept));
      OptionalInt origin = RowOrigin.read(parameters.get(name), index);
      List<QuestionnaireResponseItemComponent> inside =
          origin.isPresent() && origin.getAsInt() < before.size()
              ? before.get(origin.getAsInt()).getItem()
              : Blank.occurrence(item).getItem();
      String path = Place.at(spot.path(), read.size());
      if (group(item, new Spot(Names.inside(name), shown, path, inside, false), read)) {
        RowOrigin.keep(read.get(read.size() - 1), origin);
        Names.keep(read.get(read.size() - 1), name);
        kept++;
      }
    }
  }

  /** Adds the group unless nothing was typed in it; what could not be read counts as typed. */
  private boolean group(FormItem item, Spot spot, List<QuestionnaireResponseItemComponent> read) {
    int problems = issues.size();
    List<QuestionnaireResponseItemComponent> items = level(item.items(), spot);
    if (items.isEmpty() && issues.size() == problems) {
      return false;
    }
    QuestionnaireResponseItemComponent group = new QuestionnaireResponseItemComponent();
    group.setLinkId(item.linkId());
    read.add(group.setItem(items));
    return true;
  }

  /** A page shows minutes: a moment that nobody changed keeps its seconds and its offset. */
  private Type unchanged(FormItem item, Spot spot, Type typed) {
    return typed instanceof DateTimeType
        ? Answers.occurrences(spot.before(), item.linkId()).stream()
            .flatMap(before -> Answers.values(before).stream())
            .filter(before -> before instanceof DateTimeType)
            .filter(before -> text.input(before, List.of()).equals(text.input(typed, List.of())))
            .findFirst()
            .map(Type::copy)
            .orElse(typed)
        : typed;
  }

  private void question(FormItem item, Spot spot, List<QuestionnaireResponseItemComponent> read) {
    String name = spot.posted() + item.linkId();
    QuestionnaireResponseItemComponent question = new QuestionnaireResponseItemComponent();
    question.setLinkId(item.linkId());
    for (FieldReader.Reading reading : reader.read(item, name, parameters)) {
      if (reading.isReadable()) {
        question.addAnswer().setValue(unchanged(item, spot, reading.value()));
      } else {
        unreadable.put(spot.shown() + item.linkId(), reading.text());
        issues.add(FormIssue.of(item, spot.path(), FormIssue.TYPE, Phrase.of(reading.problem())));
      }
    }
    if (question.hasAnswer()) {
      read.add(question);
    }
  }
}
