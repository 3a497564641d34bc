package org.carepathway.form;

import java.math.BigDecimal;
import java.util.Objects;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** Compares answers. */
final class Values {

  private static final int ISO_DAY_LENGTH = "2000-01-01".length();

  private Values() {}

  /** Whether an answer has the data type of the item (R4 item-type to answer type). */
  static boolean fits(QuestionnaireItemType type, Type value) {
    Class<?> actual = value.getClass();
    return switch (type) {
      case BOOLEAN -> actual == BooleanType.class;
      case INTEGER -> actual == IntegerType.class;
      case DECIMAL -> actual == DecimalType.class;
      case DATE -> actual == DateType.class;
      case DATETIME -> actual == DateTimeType.class;
      case STRING, TEXT -> actual == StringType.class;
      case CHOICE -> actual == Coding.class;
      case OPENCHOICE -> actual == Coding.class || actual == StringType.class;
      case QUANTITY -> actual == Quantity.class;
      case ATTACHMENT -> actual == Attachment.class;
      default -> false;
    };
  }

  /** The number in a value, or null. */
  static BigDecimal number(Type value) {
    if (value instanceof IntegerType integer) {
      return integer.getValue() == null ? null : BigDecimal.valueOf(integer.getValue());
    }
    if (value instanceof DecimalType decimal) {
      return decimal.getValue();
    }
    return value instanceof Quantity quantity ? quantity.getValue() : null;
  }

  /** Whether two values mean the same; a Coding by system and code. */
  static boolean same(Type a, Type b) {
    if (a instanceof Coding left && b instanceof Coding right) {
      return Objects.equals(left.getSystem(), right.getSystem())
          && Objects.equals(left.getCode(), right.getCode());
    }
    Integer order = compare(a, b);
    return order == null ? a.equalsDeep(b) : order == 0;
  }

  /** A text that two answers share exactly when they are the same answer. */
  static String text(Type value) {
    if (value instanceof Coding coding) {
      return "coding " + coding.getSystem() + "|" + coding.getCode();
    }
    if (value instanceof Quantity quantity) {
      return "quantity " + quantity.getValue() + quantity.getSystem() + "|" + quantity.getCode();
    }
    if (value instanceof Attachment file) {
      return "attachment " + file.getUrl();
    }
    return value.fhirType() + " " + value.primitiveValue();
  }

  /**
   * The order of two values.
   *
   * @return null when they have none: other types, other units, no value
   */
  static Integer compare(Type a, Type b) {
    if (a instanceof BaseDateTimeType left && b instanceof BaseDateTimeType right) {
      return dates(left, right);
    }
    if (a instanceof Quantity left && b instanceof Quantity right && !sameUnit(left, right)) {
      return null;
    }
    BigDecimal left = number(a);
    BigDecimal right = number(b);
    return left == null || right == null ? null : left.compareTo(right);
  }

  private static boolean sameUnit(Quantity a, Quantity b) {
    return Objects.equals(a.getSystem(), b.getSystem()) && Objects.equals(a.getCode(), b.getCode());
  }

  /** By day as soon as one side names only a day. */
  private static Integer dates(BaseDateTimeType a, BaseDateTimeType b) {
    if (a.getValue() == null || b.getValue() == null) {
      return null;
    }
    if (a instanceof DateType || b instanceof DateType) {
      return Integer.signum(day(a).compareTo(day(b)));
    }
    return a.getValue().compareTo(b.getValue());
  }

  private static String day(BaseDateTimeType value) {
    String text = value.getValueAsString();
    return text.substring(0, Math.min(text.length(), ISO_DAY_LENGTH));
  }
}
