package org.carepathway.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carepathway.form.FieldView.Answer;
import org.carepathway.form.FieldView.Choices;
import org.carepathway.form.FieldView.Option;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** Builds the view of one question. */
final class FieldBuilder {

  private static final int MOST_RADIO_BUTTONS = 5;

  /** Of our own code system of controls: for lists of which each is told, such as risks. */
  private static final String CHECK_ALL = "check-all";

  /** Of our own code system of controls: for vertebral levels. */
  private static final String SPINE = "spine";

  /** Inputs that show nothing when their value is not what they expect. */
  private static final Set<String> NOT_TEXT = Set.of("date", "datetime", "scale");

  private static final Pattern NAMED = Pattern.compile("linkId ?= ?'([^']+)'");
  private static final int ISO_DAY_LENGTH = "2000-01-01".length();

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
    String kind = item.hidden() ? "hidden" : locked ? "fixed" : kind(item, values);
    if (unreadable.containsKey(name) && NOT_TEXT.contains(kind)) {
      kind = "text";
    }
    return new FieldView(
        item.linkId(),
        name,
        kind,
        item.wording().orCalled(item.linkId()),
        item.required(),
        item.required() && !spot.optional() && item.enableWhen() == null,
        answer(item, name, values, locked),
        new Choices(
            options(item, name, values, kind),
            units(item, name, values),
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
        item.units().isEmpty() ? null : OptionValues.unit(item.units().get(0)),
        text.reading(values, item),
        locked ? Conditions.json(inputs(values, item)) : null,
        sourced.text(item.linkId(), values),
        follows(item));
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

  private static String kind(FormItem item, List<Type> values) {
    return switch (item.type()) {
      case BOOLEAN -> item.shared().isEmpty() ? "radio" : "together";
      case INTEGER -> Scale.isShown(item, values) ? "scale" : "integer";
      case DECIMAL -> "number";
      case QUANTITY -> "quantity";
      // An input for dates cannot hold a month, nor one for times a day: such a prefill is text.
      case DATE -> values.stream().allMatch(FieldBuilder::isDay) ? "date" : "text";
      case DATETIME -> values.stream().allMatch(FieldBuilder::isMoment) ? "datetime" : "text";
      case CHOICE, OPENCHOICE -> choice(item);
      case ATTACHMENT -> "attachment";
      case TEXT -> "textarea";
      default -> "text-area".equals(item.asked().control()) ? "textarea" : "text";
    };
  }

  private static boolean isDay(Type value) {
    return value instanceof DateType date && date.getValueAsString().length() == ISO_DAY_LENGTH;
  }

  private static boolean isMoment(Type value) {
    return value instanceof DateTimeType moment && FieldText.hasTime(moment);
  }

  private static String choice(FormItem item) {
    if (item.repeats()) {
      return "checkboxes";
    }
    String control = item.asked().control() == null ? "" : item.asked().control();
    return switch (control) {
      case "radio-button" -> "radio";
      case "drop-down" -> "select";
      default -> item.options().size() <= MOST_RADIO_BUTTONS ? "radio" : "select";
    };
  }

  private List<Option> options(FormItem item, String name, List<Type> values, String kind) {
    List<Option> options = new ArrayList<>();
    if (item.type() == QuestionnaireItemType.BOOLEAN) {
      options.add(truth(name, "true", values));
      options.add(truth(name, "false", values));
    }
    for (Coding option : item.options()) {
      boolean selected = values.stream().anyMatch(value -> Values.same(option, value));
      String value = OptionValues.of(item.options(), option);
      options.add(option(name, value, option, OptionValues.shown(option), selected));
    }
    if (kind.equals("scale")) {
      Scale.of(item).forEach(step -> options.add(step(name, step, values)));
    }
    boolean buttons = kind.equals("radio") || kind.equals("scale");
    boolean empty = kind.equals("select") || buttons && !item.required();
    if (empty) {
      String label = said(kind.equals("select") ? "form.option.choose" : "form.option.none");
      options.add(0, new Option(id(name, "none"), "", null, null, label, values.isEmpty()));
    }
    return options;
  }

  private Option truth(String name, String value, List<Type> values) {
    String label = said("form.option." + value);
    boolean selected =
        values.stream().anyMatch(v -> v instanceof BooleanType && value.equals(v.primitiveValue()));
    return new Option(id(name, value), value, null, null, label, selected);
  }

  private static Option step(String name, String value, List<Type> values) {
    boolean selected = values.stream().anyMatch(given -> value.equals(given.primitiveValue()));
    return new Option(id(name, value), value, null, null, value, selected);
  }

  private String said(String key) {
    return Phrase.of(key).in(form.language());
  }

  private static Option option(
      String name, String value, Coding coding, String label, boolean selected) {
    return new Option(
        id(name, value), value, coding.getCode(), coding.getSystem(), label, selected);
  }

  private static String id(String name, String value) {
    return FieldView.idOf(name + "-" + value);
  }

  private static List<Option> units(FormItem item, String name, List<Type> values) {
    if (item.type() != QuestionnaireItemType.QUANTITY) {
      return List.of();
    }
    return item.units().stream()
        .map(
            unit ->
                option(
                    name,
                    OptionValues.of(item.units(), unit),
                    unit,
                    OptionValues.unit(unit),
                    hasUnit(values, unit)))
        .toList();
  }

  private static boolean hasUnit(List<Type> values, Coding unit) {
    return values.stream()
        .anyMatch(value -> value instanceof Quantity quantity && ValueCheck.isUnit(quantity, unit));
  }

  private static String other(List<Type> values) {
    return values.stream()
        .filter(StringType.class::isInstance)
        .map(Type::primitiveValue)
        .findFirst()
        .orElse("");
  }
}
