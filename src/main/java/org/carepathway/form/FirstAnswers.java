package org.carepathway.form;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carepathway.fact.Units;
import org.carepathway.template.Coercion;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the results of an initialExpression into answers of one item, with the changes that SDC 4.0
 * allows: a code into the option with that code, a Quantity into its number in the item's unit.
 */
final class FirstAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(FirstAnswers.class);

  private final String form;
  private final FormItem item;

  FirstAnswers(String form, FormItem item) {
    this.form = form;
    this.item = item;
  }

  /**
   * The answers.
   *
   * @param zone in which the day of a time is said
   * @throws FormException for too many results, or a type that cannot be an answer here
   */
  List<Type> of(List<Base> results, ZoneId zone) {
    if (results.size() > 1 && !item.repeats()) {
      throw error("initialExpression gives %d results for one answer".formatted(results.size()));
    }
    List<Type> answers = new ArrayList<>();
    for (Base result : results) {
      answer(result, zone).ifPresent(answers::add);
    }
    return answers;
  }

  private Optional<Type> answer(Base result, ZoneId zone) {
    if (!item.options().isEmpty()) {
      return option(result);
    }
    if (result instanceof Quantity quantity && item.type() != QuestionnaireItemType.QUANTITY) {
      return number(quantity)
          .flatMap(number -> Coercion.to(prototype(), number, zone).map(Type.class::cast));
    }
    return Optional.of(
        Coercion.to(prototype(), result, zone)
            .map(Type.class::cast)
            .orElseThrow(
                () ->
                    error(
                        "initialExpression gives %s, the item has the type %s"
                            .formatted(result.fhirType(), item.type().toCode()))));
  }

  /**
   * A choice that is not on the list is left to the person, unless only the service can make it.
   */
  private Optional<Type> option(Base result) {
    Optional<Coding> found = item.options().stream().filter(o -> isOption(o, result)).findFirst();
    if (found.isPresent()) {
      return found.map(Coding::copy);
    }
    if (item.type() == QuestionnaireItemType.OPENCHOICE && result instanceof StringType text) {
      return Optional.of(new StringType(text.getValue()));
    }
    if (item.isLocked()) {
      throw error("initialExpression gives '%s', which is no option".formatted(shown(result)));
    }
    LOG.warn(
        "Form {}, item {}: '{}' is no option, so it is not pre-filled",
        form,
        item.linkId(),
        shown(result));
    return Optional.empty();
  }

  private static boolean isOption(Coding option, Base result) {
    if (result instanceof Coding coding) {
      return Values.same(option, coding);
    }
    if (result instanceof CodeableConcept concept) {
      return concept.getCoding().stream().anyMatch(coding -> Values.same(option, coding));
    }
    return result.isPrimitive() && option.getCode().equals(result.primitiveValue());
  }

  private static String shown(Base result) {
    return result instanceof Coding coding
        ? coding.getSystem() + "|" + coding.getCode()
        : result.isPrimitive() ? result.primitiveValue() : result.fhirType();
  }

  /** "Less than 20" is no number, and a number in a unit of something else is not this one. */
  private Optional<DecimalType> number(Quantity quantity) {
    Optional<DecimalType> number =
        item.units().stream()
            .flatMap(unit -> Units.convert(quantity, unit.getCode()).stream())
            .filter(converted -> !converted.hasComparator())
            .map(converted -> new DecimalType(rounded(converted, quantity)))
            .findFirst();
    if (number.isEmpty()) {
      LOG.warn(
          "Form {}, item {}: {} {} is no number in its unit, so it is not pre-filled",
          form,
          item.linkId(),
          quantity.hasComparator() ? quantity.getComparator().toCode() : "",
          quantity.getCode());
    }
    return number;
  }

  /** A conversion gives more digits than were measured. */
  private BigDecimal rounded(Quantity converted, Quantity original) {
    Integer most =
        item.type() == QuestionnaireItemType.INTEGER
            ? Integer.valueOf(0)
            : item.limits().maxDecimalPlaces();
    BigDecimal value = converted.getValue();
    return converted == original || most == null || value.scale() <= most
        ? value
        : value.setScale(most, RoundingMode.HALF_UP);
  }

  private Type prototype() {
    return switch (item.type()) {
      case BOOLEAN -> new BooleanType();
      case INTEGER -> new IntegerType();
      case DECIMAL -> new DecimalType();
      case DATE -> new DateType();
      case DATETIME -> new DateTimeType();
      case STRING, TEXT -> new StringType();
      case QUANTITY -> new Quantity();
      default -> throw error("cannot be pre-filled");
    };
  }

  private FormException error(String reason) {
    return new FormException(form, item.linkId(), reason);
  }
}
