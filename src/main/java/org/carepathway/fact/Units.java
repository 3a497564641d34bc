package org.carepathway.fact;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Optional;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.hl7.fhir.r4.model.Quantity;

/** Converts quantities by UCUM. */
public final class Units {

  private static final String SYSTEM = "http://unitsofmeasure.org";
  private static final UcumEssenceService UCUM = ucum();

  private Units() {}

  /**
   * A quantity in another unit, with its comparator; empty where it has no value, no unit of UCUM,
   * or one of something else.
   *
   * <p>A number without a unit is taken for a unit that is none, such as that of the INR. A percent
   * is not: of a clotting test it means another test.
   *
   * @param unit code of UCUM
   */
  public static Optional<Quantity> convert(Quantity quantity, String unit) {
    if (!quantity.hasValue()) {
      return Optional.empty();
    }
    if (unit.equals(quantity.getCode()) && (!quantity.hasSystem() || isUcum(quantity))) {
      return Optional.of(quantity);
    }
    boolean plain = isPlain(quantity);
    return plain || isNoUnit(unit) || !isUcum(quantity) || !quantity.hasCode()
        ? Optional.of(quantity).filter(number -> plain && isNoUnit(unit))
        : value(quantity, unit).map(value -> in(unit, value, quantity));
  }

  private static boolean isUcum(Quantity quantity) {
    return SYSTEM.equals(quantity.getSystem());
  }

  private static boolean isPlain(Quantity quantity) {
    return quantity.hasCode()
        ? isUcum(quantity) && isNoUnit(quantity.getCode())
        : !quantity.hasUnit();
  }

  private static boolean isNoUnit(String code) {
    return code.matches("1|(1?\\{[^{}]*})");
  }

  private static Quantity in(String unit, BigDecimal value, Quantity from) {
    return new Quantity()
        .setValue(value)
        .setComparator(from.getComparator())
        .setSystem(SYSTEM)
        .setCode(unit)
        .setUnit(unit);
  }

  /** The library says by an exception that it does not know a unit. */
  private static Optional<BigDecimal> value(Quantity quantity, String unit) {
    try {
      if (!UCUM.isComparable(quantity.getCode(), unit)) {
        return Optional.empty();
      }
      Decimal from = new Decimal(quantity.getValue().toPlainString());
      BigDecimal value = new BigDecimal(UCUM.convert(from, quantity.getCode(), unit).asDecimal());
      return Optional.of(value.stripTrailingZeros())
          .map(plain -> plain.scale() < 0 ? plain.setScale(0) : plain);
    } catch (UcumException unknown) {
      return Optional.empty();
    }
  }

  private static UcumEssenceService ucum() {
    InputStream essence = UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml");
    try (essence) {
      return new UcumEssenceService(essence);
    } catch (UcumException | IOException e) {
      throw new IllegalStateException("the definitions of UCUM cannot be read", e);
    }
  }
}
