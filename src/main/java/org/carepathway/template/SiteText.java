package org.carepathway.template;

import java.time.ZoneId;
import java.util.List;
import java.util.TimeZone;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.StringType;

/**
 * The function {@code toString()} as FHIRPath says, but a moment is written by the zone of the
 * pathway's clock: what an EHR in America sends in UTC would else reach a patient as another hour,
 * and a rule as another day.
 */
final class SiteText {

  static final String NAME = "as written at the site";

  private SiteText() {}

  static List<Base> of(FHIRPathEngine engine, List<Base> focus, ZoneId zone) {
    if (focus.isEmpty()) {
      return List.of();
    }
    if (focus.size() == 1
        && focus.get(0) instanceof BaseDateTimeType moment
        && moment.hasTime()
        && moment.getTimeZone() != null) {
      BaseDateTimeType here = (BaseDateTimeType) moment.copy();
      here.setTimeZone(TimeZone.getTimeZone(zone));
      return List.of(new StringType(here.getValueAsString()));
    }
    return List.of(new StringType(engine.convertToString(focus)));
  }
}
