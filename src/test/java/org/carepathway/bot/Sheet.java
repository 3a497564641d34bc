package org.carepathway.bot;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.EnableWhenBehavior;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemEnableWhenComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemOperator;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.ValueSet;

/** Fills a form by what R4 says of Questionnaires, and nothing else. */
final class Sheet {

  private static final Pattern RELATIVE = Pattern.compile("@(today|now)(?:([+-]\\d+)(min|h|d))?");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of("min", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);
  private static final String HIDDEN =
      "http://hl7.org/fhir/StructureDefinition/questionnaire-hidden";

  private final Questionnaire form;
  private final Map<String, List<Coding>> options = new LinkedHashMap<>();
  private final Knowledge knowledge;
  private final ZonedDateTime now;
  private final Map<String, List<Type>> given = new LinkedHashMap<>();
  private final List<String> unanswered = new ArrayList<>();

  /**
   * @param packaged the form first, then its value sets
   */
  Sheet(Bundle packaged, Knowledge knowledge, ZonedDateTime now) {
    this.form = (Questionnaire) packaged.getEntryFirstRep().getResource();
    this.knowledge = knowledge;
    this.now = now;
    packaged.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(ValueSet.class::isInstance)
        .map(ValueSet.class::cast)
        .forEach(
            set ->
                options.put(
                    set.getUrl(),
                    set.getExpansion().getContains().stream()
                        .map(c -> new Coding(c.getSystem(), c.getCode(), c.getDisplay()))
                        .toList()));
  }

  /** The required questions for which nothing is known. */
  List<String> unanswered() {
    return unanswered;
  }

  QuestionnaireResponse fill(QuestionnaireResponse first) {
    QuestionnaireResponse filled = first.copy();
    // A condition may ask a question further down: the second time all is known.
    for (int i = 0; i < 3; i++) {
      unanswered.clear();
      filled.setItem(items(form.getItem(), first.getItem(), Map.of()));
      remember(filled.getItem());
    }
    return filled.setStatus(QuestionnaireResponseStatus.COMPLETED);
  }

  private List<QuestionnaireResponseItemComponent> items(
      List<QuestionnaireItemComponent> questions,
      List<QuestionnaireResponseItemComponent> first,
      Map<String, Object> row) {
    return questions.stream()
        .filter(question -> question.getType() != QuestionnaireItemType.DISPLAY)
        .flatMap(question -> item(question, of(question, first), row))
        .toList();
  }

  private Stream<QuestionnaireResponseItemComponent> item(
      QuestionnaireItemComponent question,
      List<QuestionnaireResponseItemComponent> first,
      Map<String, Object> row) {
    if (question.getReadOnly() || isHidden(question)) {
      return first.stream().map(QuestionnaireResponseItemComponent::copy);
    }
    if (!isEnabled(question)) {
      return Stream.empty();
    }
    if (question.getType() == QuestionnaireItemType.GROUP) {
      return group(question, first, row);
    }
    List<Type> answers = answers(question, row);
    if (answers.isEmpty()) {
      if (first.stream().anyMatch(QuestionnaireResponseItemComponent::hasAnswer)) {
        return first.stream().map(QuestionnaireResponseItemComponent::copy);
      }
      if (question.getRequired()) {
        unanswered.add(question.getLinkId());
      }
      return Stream.empty();
    }
    QuestionnaireResponseItemComponent item = empty(question);
    answers.forEach(
        value -> item.addAnswer(new QuestionnaireResponseItemAnswerComponent().setValue(value)));
    return Stream.of(item);
  }

  @SuppressWarnings("unchecked")
  private Stream<QuestionnaireResponseItemComponent> group(
      QuestionnaireItemComponent group,
      List<QuestionnaireResponseItemComponent> first,
      Map<String, Object> row) {
    List<Map<String, Object>> rows =
        group.getRepeats()
            ? (List<Map<String, Object>>) known(group, row).orElse(List.of())
            : List.of(row);
    if (rows.isEmpty()) {
      return first.stream().map(QuestionnaireResponseItemComponent::copy);
    }
    return Stream.iterate(0, i -> i < rows.size(), i -> i + 1)
        .map(
            i -> {
              QuestionnaireResponseItemComponent item = empty(group);
              // A condition of a row asks the row itself.
              group.getItem().stream()
                  .filter(question -> rows.get(i).containsKey(question.getLinkId()))
                  .forEach(
                      question -> given.put(question.getLinkId(), answers(question, rows.get(i))));
              item.setItem(
                  items(
                      group.getItem(),
                      i < first.size() ? first.get(i).getItem() : List.of(),
                      rows.get(i)));
              return item;
            })
        .filter(QuestionnaireResponseItemComponent::hasItem);
  }

  private Optional<Object> known(QuestionnaireItemComponent question, Map<String, Object> row) {
    return row.isEmpty()
        ? knowledge.answer(form.getUrl().replaceFirst(".*/", ""), question.getLinkId())
        : Optional.ofNullable(row.get(question.getLinkId()));
  }

  private List<Type> answers(QuestionnaireItemComponent question, Map<String, Object> row) {
    Object known = known(question, row).orElse(List.of());
    List<?> all = known instanceof List<?> list ? list : List.of(known);
    return all.stream()
        .limit(question.getRepeats() ? Long.MAX_VALUE : 1)
        .flatMap(one -> value(question, String.valueOf(one)).stream())
        .toList();
  }

  private Optional<Type> value(QuestionnaireItemComponent question, String text) {
    return switch (question.getType()) {
      case BOOLEAN -> Optional.of(new BooleanType(text));
      case INTEGER -> Optional.of(new IntegerType(text.replaceFirst("\\.0$", "")));
      case DECIMAL -> Optional.of(new DecimalType(text));
      case DATE -> Optional.of(new DateType(moment(text).toLocalDate().toString()));
      case DATETIME ->
          Optional.of(
              new DateTimeType(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment(text))));
      case QUANTITY -> Optional.of(quantity(question, text));
      case CHOICE, OPENCHOICE ->
          options(question)
              .filter(option -> text.equals(option.getCode()))
              .findFirst()
              .map(Type.class::cast);
      default -> Optional.of(new StringType(text));
    };
  }

  /** A number and the code of a unit that the question offers. */
  private static Quantity quantity(QuestionnaireItemComponent question, String text) {
    String[] parts = text.split(" ", 2);
    Quantity quantity = new Quantity().setValue(new BigDecimal(parts[0]));
    question.getExtension().stream()
        .filter(offered -> offered.getUrl().endsWith("/questionnaire-unitOption"))
        .map(offered -> (Coding) offered.getValue())
        .filter(unit -> parts.length == 2 && unit.getCode().equals(parts[1]))
        .forEach(
            unit ->
                quantity
                    .setSystem(unit.getSystem())
                    .setCode(unit.getCode())
                    .setUnit(unit.getDisplay()));
    return quantity;
  }

  private Stream<Coding> options(QuestionnaireItemComponent question) {
    return question.hasAnswerValueSet()
        ? options.getOrDefault(question.getAnswerValueSet().split("[|]")[0], List.of()).stream()
        : question.getAnswerOption().stream().map(option -> (Coding) option.getValue());
  }

  private OffsetDateTime moment(String text) {
    Matcher relative = RELATIVE.matcher(text);
    if (!relative.matches()) {
      throw new IllegalArgumentException(text);
    }
    ZonedDateTime second = now.truncatedTo(ChronoUnit.SECONDS);
    return (relative.group(2) == null
            ? second
            : second.plus(Long.parseLong(relative.group(2)), UNITS.get(relative.group(3))))
        .toOffsetDateTime();
  }

  private boolean isEnabled(QuestionnaireItemComponent question) {
    if (!question.hasEnableWhen()) {
      return true;
    }
    return question.getEnableBehavior() == EnableWhenBehavior.ANY
        ? question.getEnableWhen().stream().anyMatch(this::holds)
        : question.getEnableWhen().stream().allMatch(this::holds);
  }

  private boolean holds(QuestionnaireItemEnableWhenComponent condition) {
    List<Type> answers = given.getOrDefault(condition.getQuestion(), List.of());
    if (condition.getOperator() == QuestionnaireItemOperator.EXISTS) {
      return condition.getAnswerBooleanType().booleanValue() != answers.isEmpty();
    }
    return answers.stream().anyMatch(answer -> holds(condition, answer));
  }

  private static boolean holds(QuestionnaireItemEnableWhenComponent condition, Type answer) {
    Type wanted = condition.getAnswer();
    if (wanted instanceof Coding coding && answer instanceof Coding own) {
      boolean same =
          coding.getCode().equals(own.getCode()) && coding.getSystem().equals(own.getSystem());
      return same == (condition.getOperator() == QuestionnaireItemOperator.EQUAL);
    }
    int compared = compare(answer, wanted);
    return switch (condition.getOperator()) {
      case EQUAL -> compared == 0;
      case NOT_EQUAL -> compared != 0;
      case GREATER_THAN -> compared > 0;
      case LESS_THAN -> compared < 0;
      case GREATER_OR_EQUAL -> compared >= 0;
      case LESS_OR_EQUAL -> compared <= 0;
      default -> false;
    };
  }

  private static int compare(Type one, Type other) {
    boolean numbers =
        (one instanceof IntegerType || one instanceof DecimalType)
            && (other instanceof IntegerType || other instanceof DecimalType);
    return numbers
        ? new BigDecimal(one.primitiveValue()).compareTo(new BigDecimal(other.primitiveValue()))
        : one.primitiveValue().compareTo(other.primitiveValue());
  }

  private void remember(List<QuestionnaireResponseItemComponent> items) {
    for (QuestionnaireResponseItemComponent item : items) {
      given.put(
          item.getLinkId(),
          item.getAnswer().stream()
              .map(QuestionnaireResponseItemAnswerComponent::getValue)
              .toList());
      remember(item.getItem());
    }
  }

  private static List<QuestionnaireResponseItemComponent> of(
      QuestionnaireItemComponent question, List<QuestionnaireResponseItemComponent> all) {
    return all.stream().filter(item -> question.getLinkId().equals(item.getLinkId())).toList();
  }

  private static boolean isHidden(QuestionnaireItemComponent question) {
    Extension hidden = question.getExtensionByUrl(HIDDEN);
    return hidden != null && ((BooleanType) hidden.getValue()).booleanValue();
  }

  private static QuestionnaireResponseItemComponent empty(QuestionnaireItemComponent question) {
    QuestionnaireResponseItemComponent item = new QuestionnaireResponseItemComponent();
    item.setLinkId(question.getLinkId());
    item.setText(question.getText());
    return item;
  }
}
