package org.carepathway.fact;

import java.util.Comparator;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;

/** When something was found: R4 lets the sender say it in five ways. */
final class ClinicalTime {

  private static final int DAY = "yyyy-MM-dd".length();

  private ClinicalTime() {}

  /** Null where nothing says it. Of a period it is the end, or the start of one still running. */
  static BaseDateTimeType of(Observation result) {
    BaseDateTimeType effective = of(result.getEffective());
    return effective == null && result.hasIssued() ? result.getIssuedElement() : effective;
  }

  private static BaseDateTimeType of(Type effective) {
    if (effective instanceof Period period) {
      return period.hasEnd()
          ? period.getEndElement()
          : period.hasStart() ? period.getStartElement() : null;
    }
    if (effective instanceof Timing timing) {
      return timing.getEvent().stream()
          .filter(DateTimeType::hasValue)
          .max(Comparator.comparing(DateTimeType::getValue))
          .orElse(null);
    }
    return effective instanceof BaseDateTimeType at && at.hasValue() ? at : null;
  }

  /** As a dateTime, written as it was. */
  static DateTimeType plain(BaseDateTimeType at) {
    return at == null || at instanceof DateTimeType
        ? (DateTimeType) at
        : new DateTimeType(at.getValueAsString());
  }

  /** Something of today without an hour is not of the future. */
  static boolean isAfter(BaseDateTimeType at, BaseDateTimeType now) {
    String text = at.getValueAsString();
    return text.length() > DAY
        ? at.getValue().after(now.getValue())
        : text.compareTo(now.getValueAsString().substring(0, text.length())) > 0;
  }
}
