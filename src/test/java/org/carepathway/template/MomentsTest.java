package org.carepathway.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.TimeZone;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.InstantType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a machine in UTC, as containers are, days are the site's, on both sides of Greenwich. */
class MomentsTest {

  private final TimeZone machine = TimeZone.getDefault();

  @BeforeEach
  void asInAContainer() {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }

  @AfterEach
  void asItWas() {
    TimeZone.setDefault(machine);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-01, America/New_York, 2026-12-01, 2026-12-01T05:00:00Z",
    "2026-12-01, Pacific/Auckland, 2026-12-01, 2026-11-30T11:00:00Z",
    "2026-07-01, America/New_York, 2026-07-01, 2026-07-01T04:00:00Z",
    "2026-12, America/New_York, 2026-12-01, 2026-12-01T05:00:00Z",
    "2026, Pacific/Auckland, 2026-01-01, 2025-12-31T11:00:00Z",
    "2026-12-01T23:30:00Z, Europe/Madrid, 2026-12-02, 2026-12-01T23:30:00Z",
    "2026-12-02T02:30:00Z, America/New_York, 2026-12-01, 2026-12-02T02:30:00Z",
    "2026-12-01T23:30:00-05:00, America/New_York, 2026-12-01, 2026-12-02T04:30:00Z",
    // No offset, which FHIR does not allow: an hour of the site.
    "2026-12-01T23:30:00, America/New_York, 2026-12-01, 2026-12-02T04:30:00Z"
  })
  void daysAreTheSites(String written, String zone, String day, String begin) {
    DateTimeType value = new DateTimeType(written);
    assertThat(Moments.day(value, ZoneId.of(zone))).hasToString(day);
    assertThat(Moments.begin(value, ZoneId.of(zone))).hasToString(begin);
  }

  /** A laboratory in America says its evening in UTC: it is not a result of tomorrow. */
  @ParameterizedTest
  @CsvSource({
    "2026-12-02T02:30:00Z, America/New_York, 2026-12-01",
    "2026-12-01T23:30:00Z, Europe/Madrid, 2026-12-02",
    "2026-12-01, America/New_York, 2026-12-01",
    "2026-12, America/New_York, 2026-12"
  })
  void aTimeThatBecomesADateIsThatOfTheSite(String written, String zone, String day) {
    for (Base value : new Base[] {new DateTimeType(written), instant(written)}) {
      assertThat(Coercion.to(new DateType(), value, ZoneId.of(zone)))
          .map(Base::primitiveValue)
          .contains(day);
    }
  }

  private static Base instant(String written) {
    return written.contains("T") ? new InstantType(written) : new DateTimeType(written);
  }
}
