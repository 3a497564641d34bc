package org.carepathway.template;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.carepathway.fact.Units;
import org.hl7.fhir.exceptions.PathEngineException;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.fhirpath.FHIRPathUtilityClasses.FunctionDetails;
import org.hl7.fhir.r4.fhirpath.IHostApplicationServices;
import org.hl7.fhir.r4.fhirpath.TypeDetails;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.utilities.fhirpath.FHIRPathConstantEvaluationMode;

/**
 * Gives HAPI's FHIRPath engine our variables, the functions {@code daysUntil}, {@code toUnit},
 * {@code dividedBy} and {@code udi}, {@code toString} by the site's clock, and a walk down one
 * element in place of {@code repeat(item)}: the engine's own compares everything it finds with
 * everything it found before, the most costly thing that forms do, and drops an answer that is
 * given twice.
 */
final class PathHost implements IHostApplicationServices {

  private static final String DAYS_UNTIL = "daysUntil";
  private static final String TO_UNIT = "toUnit";
  static final String WALK_DOWN = "walk down ";

  private static final int ISO_DAY_LENGTH = "2000-01-01".length();

  @Override
  public List<Base> resolveConstant(
      FHIRPathEngine engine, Object context, String name, FHIRPathConstantEvaluationMode mode) {
    if (mode != FHIRPathConstantEvaluationMode.EXPLICIT) {
      return List.of();
    }
    FhirPathContext variables = (FhirPathContext) context;
    List<Base> value = variables.value(ParsedPath.variableName(name));
    if (value == null) {
      throw new PathEngineException(
          "the variable %%%s is not known here; known are %s"
              .formatted(name, variables.names().stream().sorted().toList()));
    }
    return value;
  }

  @Override
  public FunctionDetails resolveFunction(FHIRPathEngine engine, String name) {
    return switch (name) {
      case DAYS_UNTIL -> new FunctionDetails("whole days from the focus to the date given", 1, 1);
      case TO_UNIT -> new FunctionDetails("the quantities of the focus in a unit of UCUM", 1, 1);
      case Division.NAME -> new FunctionDetails("the focus divided by a number", 1, 1);
      case UdiPart.NAME -> new FunctionDetails("what the barcode text of a device says", 1, 1);
      default -> Words.details(name);
    };
  }

  @Override
  public List<Base> executeFunction(
      FHIRPathEngine engine,
      Object context,
      List<Base> focus,
      String name,
      List<List<Base>> parameters) {
    if (name.startsWith(WALK_DOWN)) {
      return walk(focus, name.substring(WALK_DOWN.length()));
    }
    return switch (name) {
      case DAYS_UNTIL -> daysUntil(focus, parameters, ((FhirPathContext) context).zone());
      case TO_UNIT -> toUnit(focus, parameters);
      case Division.NAME -> Division.of(focus, parameters.get(0));
      case UdiPart.NAME -> UdiPart.of(focus, parameters.get(0).get(0).primitiveValue());
      case SiteText.NAME -> SiteText.of(engine, focus, ((FhirPathContext) context).zone());
      default -> Words.execute(name, focus, parameters);
    };
  }

  /** What is no quantity, or is one of something else, is left out. */
  private static List<Base> toUnit(List<Base> focus, List<List<Base>> parameters) {
    String unit = parameters.get(0).get(0).primitiveValue();
    return focus.stream()
        .filter(Quantity.class::isInstance)
        .flatMap(value -> Units.convert((Quantity) value, unit).stream())
        .map(Base.class::cast)
        .toList();
  }

  private static List<Base> walk(List<Base> from, String element) {
    List<Base> found = new ArrayList<>();
    List<Base> level = from;
    while (!level.isEmpty()) {
      level = level.stream().flatMap(one -> children(one, element)).toList();
      found.addAll(level);
    }
    return found;
  }

  private static Stream<Base> children(Base of, String element) {
    Property property = of.getNamedProperty(element);
    return property == null ? Stream.empty() : property.getValues().stream();
  }

  private static List<Base> daysUntil(List<Base> focus, List<List<Base>> parameters, ZoneId zone) {
    List<LocalDate> days =
        Stream.of(focus, parameters.get(0))
            .map(values -> day(values, zone))
            .filter(Objects::nonNull)
            .toList();
    return days.size() < 2
        ? List.of()
        : List.of(new IntegerType((int) ChronoUnit.DAYS.between(days.get(0), days.get(1))));
  }

  /**
   * The calendar day: of a moment, in the zone; of a date, as written. Null for nothing, or for a
   * date that names no day.
   */
  private static LocalDate day(List<Base> values, ZoneId zone) {
    if (values.isEmpty()) {
      return null;
    }
    if (values.size() > 1 || !(values.get(0) instanceof BaseDateTimeType date)) {
      throw new PathEngineException(DAYS_UNTIL + " needs one date or dateTime on each side");
    }
    String text = date.getValueAsString();
    return text == null || text.length() < ISO_DAY_LENGTH ? null : Moments.day(date, zone);
  }

  @Override
  public boolean log(String argument, List<Base> focus) {
    return true;
  }

  @Override
  public boolean paramIsType(String name, int index) {
    return false;
  }

  @Override
  public TypeDetails resolveConstantType(
      FHIRPathEngine engine, Object context, String name, FHIRPathConstantEvaluationMode mode) {
    throw new UnsupportedOperationException("static typing is not used");
  }

  @Override
  public TypeDetails checkFunction(
      FHIRPathEngine engine,
      Object context,
      String name,
      TypeDetails focus,
      List<TypeDetails> parameters) {
    throw new UnsupportedOperationException("static typing is not used");
  }

  @Override
  public Base resolveReference(FHIRPathEngine engine, Object context, String url, Base from) {
    throw new UnsupportedOperationException("resolve() is refused when an expression is parsed");
  }

  @Override
  public boolean conformsToProfile(FHIRPathEngine engine, Object context, Base item, String url) {
    throw new UnsupportedOperationException("conformsTo() is refused when an expression is parsed");
  }

  @Override
  public ValueSet resolveValueSet(FHIRPathEngine engine, Object context, String url) {
    throw new UnsupportedOperationException("memberOf() is refused when an expression is parsed");
  }
}
