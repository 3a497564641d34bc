package org.carepathway.hl7;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carepathway.hl7.Conversions.Source;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Type;

/** A length of time whose unit is in the field that follows; minutes where it has none. */
final class Minutes {

  private static final BigDecimal HOUR = BigDecimal.valueOf(60);

  /** The units of ISO 2955 and UCUM, and as people write them; each to its length in minutes. */
  private static final Map<BigDecimal, List<String>> UNITS =
      Map.of(
          BigDecimal.ONE,
          List.of("", "m", "min", "mins", "minute", "minutes"),
          HOUR,
          List.of("h", "hr", "hrs", "hour", "hours"));

  private static final List<String> SECONDS = List.of("s", "sec", "secs", "second", "seconds");

  private Minutes() {}

  /** In whole minutes; a part of one counts as one. */
  static Type of(Source source) {
    BigDecimal length = Conversions.number(source);
    int field = source.field().place().field() + 1;
    String unit = source.segment().text(field).orElse("").toLowerCase(Locale.ROOT);
    BigDecimal minutes =
        SECONDS.contains(unit)
            ? length.divide(HOUR, 0, RoundingMode.CEILING)
            : length.multiply(
                UNITS.entrySet().stream()
                    .filter(known -> known.getValue().contains(unit))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(
                        () ->
                            Hl7Refusal.at(
                                source.segment(),
                                field,
                                Hl7Refusal.Fault.UNKNOWN_VALUE,
                                "This is no unit of a length; it is min, h or s")));
    int whole = minutes.setScale(0, RoundingMode.CEILING).intValue();
    if (whole <= 0) {
      throw source.field().refusal(Hl7Refusal.Fault.TYPE, "A length is more than 0");
    }
    return new PositiveIntType(whole);
  }
}
