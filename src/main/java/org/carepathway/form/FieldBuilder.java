package org.carepathway.form;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carepathway.form.FieldView.Answer;
import org.carepathway.form.FieldView.Choices;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** Builds the view of one question. */
final class FieldBuilder {

  /** Of our own code system of controls: for lists of which each is told, such as risks. */
  private static final String CHECK_ALL = "check-all";

  /** Of our own code system of controls: for vertebral levels. */
  private static final String SPINE = "spine";

  private static final Pattern NAMED = Pattern.compile("linkId ?= ?'([^']+)'");

  private final Form form;
  private final FieldText text;
  private final PageIssues issues;
  private final Map<String, String> unreadable;
  private final Sourced sourced;

  FieldBuilder(
      Form form,
      FieldText text,
      PageIssues issues,
      Map<String, String> unreadable,
      Sourced sourced) {
    this.form = form;
    this.text = text;
    this.issues = issues;
    this.unreadable = unreadable;
    this.sourced = sourced;
  }

  FieldView field(FormItem item, FormPage.Spot spot) {
    String name = spot.prefix() + item.linkId();
    List<Place> places = spot.places(item);
    List<Type> values = FormPage.values(places);
    String own = places.isEmpty() ? null : places.get(0).path();
    boolean locked = item.isLocked() || spot.locked();
    String kind = FieldKind.of(item, values, locked, unreadable.containsKey(name));
    FieldOptions options = new FieldOptions(item, name, values, form.language());
    return new FieldView(
        item.linkId(),
        name,
        kind,
        item.wording().orCalled(item.linkId()),
        item.required(),
        item.required() && !spot.optional() && item.enableWhen() == null,
        answer(item, name, values, locked),
        new Choices(
            options.choices(kind),
            options.units(),
            item.type() == QuestionnaireItemType.OPENCHOICE ? other(values) : null,
            CHECK_ALL.equals(item.asked().control()),
            SPINE.equals(item.asked().control()),
            item.shared().isEmpty() ? null : Conditions.json(together(item))),
        FieldBounds.of(item, text),
        issues.take(item, own, spot.path()),
        Conditions.json(form, item, text));
  }

  private Answer answer(FormItem item, String name, List<Type> values, boolean locked) {
    String typed = values.isEmpty() ? "" : text.typed(values.get(0), item.options());
    return new Answer(
        unreadable.getOrDefault(name, typed),
        unit(item),
        text.reading(values, item),
        locked ? Conditions.json(inputs(values, item)) : null,
        sourced.text(item.linkId(), values),
        follows(item));
  }

  /** Null where the number has none, as a score: what it is says its label. */
  private String unit(FormItem item) {
    String unit = item.units().isEmpty() ? "" : OptionValues.shown(item.units().get(0));
    return UnitName.behind(unit).isEmpty() ? null : form.word(UnitName.of(unit));
  }

  /** Those that its expression names. */
  private String follows(FormItem item) {
    String expression = item.prefill().calculated();
    return expression == null
        ? null
        : NAMED
            .matcher(expression)
            .results()
            .map(named -> named.group(1))
            .distinct()
            .collect(Collectors.joining(" "));
  }

  private List<String> inputs(List<Type> values, FormItem item) {
    return values.stream().map(value -> text.input(value, item.options())).toList();
  }

  private Map<String, String> together(FormItem item) {
    return item.shared().stream()
        .collect(
            Collectors.toMap(
                SharedAnswer::question,
                shared ->
                    text.input(
                        shared.answer(),
                        form.item(shared.question()).map(FormItem::options).orElseThrow())));
  }

  private static String other(List<Type> values) {
    return values.stream()
        .filter(StringType.class::isInstance)
        .map(Type::primitiveValue)
        .findFirst()
        .orElse("");
  }
}
