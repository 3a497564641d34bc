package org.carepathway.template;

import ca.uhn.fhir.parser.DataFormatException;
import java.time.ZoneId;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;

/**
 * Turns the result of an expression into the data type that an element has. Only changes that lose
 * no meaning: 8 to 8.0, a code to a string, a Coding to a CodeableConcept, a string or a resource
 * to a Reference; and a dateTime to its day at the site.
 */
public final class Coercion {

  private static final int ISO_DAY_LENGTH = "2000-01-01".length();

  private Coercion() {}

  /**
   * A copy of the value as the type of the prototype.
   *
   * @return empty when the one cannot stand for the other
   */
  public static Optional<Base> to(Base prototype, Base value, ZoneId zone) {
    try {
      return Optional.ofNullable(convert(prototype, value, zone));
    } catch (DataFormatException | IllegalArgumentException | ArithmeticException unfit) {
      return Optional.empty();
    }
  }

  private static Base convert(Base prototype, Base value, ZoneId zone) {
    if (prototype instanceof PrimitiveType<?> type) {
      return value instanceof PrimitiveType<?> from && accepts(type, from)
          ? primitive(type, from, zone)
          : null;
    }
    if (prototype instanceof CodeableConcept && value instanceof Coding coding) {
      return new CodeableConcept(coding.copy());
    }
    if (prototype instanceof CodeableConcept && value.getClass() == StringType.class) {
      return new CodeableConcept().setText(value.primitiveValue());
    }
    if (prototype instanceof Reference) {
      return reference(value);
    }
    if (prototype instanceof Quantity type && value instanceof Quantity quantity) {
      return quantity(type, quantity);
    }
    boolean same = prototype.getClass().isInstance(value);
    boolean resources = prototype instanceof Resource && value instanceof Resource;
    return same || resources ? value.copy() : null;
  }

  private static boolean accepts(PrimitiveType<?> type, PrimitiveType<?> value) {
    if (type instanceof BooleanType) {
      return value instanceof BooleanType;
    }
    if (type instanceof IntegerType || type instanceof DecimalType) {
      return value instanceof IntegerType || value instanceof DecimalType;
    }
    if (type instanceof BaseDateTimeType) {
      return value instanceof BaseDateTimeType || value instanceof StringType;
    }
    return true;
  }

  private static Base primitive(PrimitiveType<?> type, PrimitiveType<?> value, ZoneId zone) {
    String text = value.getValueAsString();
    if (type instanceof DateType && text.length() > ISO_DAY_LENGTH) {
      text =
          value instanceof BaseDateTimeType moment
              ? Moments.day(moment, zone).toString()
              : text.substring(0, ISO_DAY_LENGTH);
    } else if (type instanceof IntegerType && value instanceof DecimalType decimal) {
      text = String.valueOf(decimal.getValue().intValueExact());
    }
    // An Enumeration needs its factory: the element that takes the code has it.
    PrimitiveType<?> result =
        type instanceof Enumeration<?> ? new CodeType() : Models.newLike(type);
    result.setValueAsString(text);
    return result;
  }

  private static Base reference(Base value) {
    if (value instanceof Resource resource) {
      String id = resource.getIdElement().getIdPart();
      return id == null ? null : new Reference(resource.fhirType() + "/" + id);
    }
    boolean text = value instanceof StringType || value instanceof UriType;
    if (text) {
      return new Reference(value.primitiveValue());
    }
    return value instanceof Reference ? value.copy() : null;
  }

  private static Base quantity(Quantity type, Quantity value) {
    Quantity result = Models.newLike(type);
    result.setValueElement(value.getValueElement().copy());
    result.setComparator(value.getComparator()).setUnit(value.getUnit());
    return result.setSystem(value.getSystem()).setCode(value.getCode());
  }
}
