package org.carepathway.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.hl7.fhir.exceptions.PathEngineException;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;

/**
 * {@code a.dividedBy(b)} to 16 digits. HAPI's {@code /} gives no more digits than its longer number
 * has, rounded: 2372.9 / 79.2 is 30.0 to it and 29.96 in truth, on the other side of a limit.
 */
final class Division {

  static final String NAME = "dividedBy";

  private Division() {}

  /** Nothing where a side is empty, or b is 0. */
  static List<Base> of(List<Base> dividend, List<Base> divisor) {
    if (dividend.isEmpty() || divisor.isEmpty()) {
      return List.of();
    }
    BigDecimal by = number(divisor);
    if (by.signum() == 0) {
      return List.of();
    }
    BigDecimal quotient = number(dividend).divide(by, MathContext.DECIMAL64).stripTrailingZeros();
    return List.of(new DecimalType(quotient.scale() < 0 ? quotient.setScale(0) : quotient));
  }

  private static BigDecimal number(List<Base> values) {
    if (values.size() == 1 && values.get(0) instanceof DecimalType decimal && decimal.hasValue()) {
      return decimal.getValue();
    }
    if (values.size() == 1 && values.get(0) instanceof IntegerType integer && integer.hasValue()) {
      return BigDecimal.valueOf(integer.getValue());
    }
    throw new PathEngineException(NAME + " needs one number on each side");
  }
}
