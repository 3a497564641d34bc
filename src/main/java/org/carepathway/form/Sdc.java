package org.carepathway.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Type;

/** The Questionnaire extensions that forms use (R4 core and SDC 4.0), and how they are read. */
final class Sdc {

  private static final String CORE = "http://hl7.org/fhir/StructureDefinition/";
  private static final String GUIDE =
      "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-";

  static final String ALLOCATE_ID = GUIDE + "extractAllocateId";
  static final String CALCULATED = GUIDE + "calculatedExpression";
  static final String CONSTRAINT = CORE + "questionnaire-constraint";
  private static final String OWN_CONTROLS = "https://carepathway.org/fhir/CodeSystem/item-control";
  static final String CONTROL = CORE + "questionnaire-itemControl";
  static final String ENTRY_FORMAT = CORE + "entryFormat";
  static final String HIDDEN = CORE + "questionnaire-hidden";
  static final String INITIAL_EXPRESSION = GUIDE + "initialExpression";
  static final String MAX_DECIMAL_PLACES = CORE + "maxDecimalPlaces";
  static final String MAX_SIZE = CORE + "maxSize";
  static final String MIME_TYPE = CORE + "mimeType";
  static final String MAX_OCCURS = CORE + "questionnaire-maxOccurs";
  static final String MAX_QUANTITY = GUIDE + "maxQuantity";
  static final String MAX_VALUE = CORE + "maxValue";
  static final String MIN_OCCURS = CORE + "questionnaire-minOccurs";
  static final String MIN_QUANTITY = GUIDE + "minQuantity";
  static final String MIN_VALUE = CORE + "minValue";
  static final String POPULATION_CONTEXT = GUIDE + "itemPopulationContext";
  static final String TEMPLATE = GUIDE + "templateExtract";
  static final String UNIT = CORE + "questionnaire-unit";
  static final String UNIT_OPTION = CORE + "questionnaire-unitOption";
  static final String VARIABLE = CORE + "variable";

  /** Extensions that change what a form means, and that are not supported: better refused. */
  static final List<String> REFUSED =
      List.of(
          GUIDE + "enableWhenExpression",
          GUIDE + "answerExpression",
          GUIDE + "candidateExpression",
          GUIDE + "templateExtractBundle",
          GUIDE + "definitionExtract",
          GUIDE + "definitionExtractValue",
          GUIDE + "itemExtractionContext",
          CORE + "questionnaire-calculatedExpression",
          CORE + "questionnaire-initialExpression");

  private Sdc() {}

  static Optional<Type> value(List<Extension> extensions, String url) {
    return extensions.stream()
        .filter(extension -> url.equals(extension.getUrl()) && extension.hasValue())
        .map(Extension::getValue)
        .findFirst();
  }

  static <T extends Type> Optional<T> value(List<Extension> extensions, String url, Class<T> type) {
    return value(extensions, url).filter(type::isInstance).map(type::cast);
  }

  static List<Extension> all(List<Extension> extensions, String url) {
    return extensions.stream().filter(extension -> url.equals(extension.getUrl())).toList();
  }

  static String text(List<Extension> extensions, String url) {
    return value(extensions, url).map(Type::primitiveValue).orElse(null);
  }

  static Integer number(List<Extension> extensions, String url) {
    return value(extensions, url, IntegerType.class).map(PrimitiveType::getValue).orElse(null);
  }

  static boolean flag(List<Extension> extensions, String url) {
    return value(extensions, url).map(Type::primitiveValue).filter("true"::equals).isPresent();
  }

  /** Ours where there is one: others then show HL7's that stands beside it. */
  static String control(List<Extension> extensions) {
    List<Coding> controls =
        value(extensions, CONTROL, CodeableConcept.class)
            .map(CodeableConcept::getCoding)
            .orElse(List.of());
    return controls.stream()
        .filter(control -> OWN_CONTROLS.equals(control.getSystem()))
        .findFirst()
        .or(() -> controls.stream().findFirst())
        .map(Coding::getCode)
        .orElse(null);
  }

  static List<Coding> units(List<Extension> extensions) {
    List<Coding> units = new ArrayList<>();
    for (Extension extension : extensions) {
      boolean unit = UNIT.equals(extension.getUrl()) || UNIT_OPTION.equals(extension.getUrl());
      if (unit && extension.getValue() instanceof Coding coding) {
        units.add(coding);
      }
    }
    return List.copyOf(units);
  }

  static List<Expression> expressions(List<Extension> extensions, String url) {
    return all(extensions, url).stream()
        .map(Extension::getValue)
        .filter(Expression.class::isInstance)
        .map(Expression.class::cast)
        .toList();
  }
}
