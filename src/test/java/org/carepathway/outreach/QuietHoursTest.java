package org.carepathway.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When patients are not written to. */
class QuietHoursTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Madrid");

  @ParameterizedTest
  @CsvSource({
    "20:00-09:00, 2026-11-20T19:59, 2026-11-20T19:59",
    "20:00-09:00, 2026-11-20T20:00, 2026-11-21T09:00",
    "20:00-09:00, 2026-11-20T23:30, 2026-11-21T09:00",
    "20:00-09:00, 2026-11-21T00:00, 2026-11-21T09:00",
    "20:00-09:00, 2026-11-21T08:59, 2026-11-21T09:00",
    "20:00-09:00, 2026-11-21T09:00, 2026-11-21T09:00",
    "13:00-15:00, 2026-11-21T14:00, 2026-11-21T15:00",
    "13:00-15:00, 2026-11-21T15:00, 2026-11-21T15:00",
    "'', 2026-11-21T03:00, 2026-11-21T03:00",
    // The night in which the clocks go forward, and back.
    "20:00-09:00, 2026-03-29T01:30, 2026-03-29T09:00",
    "20:00-09:00, 2026-10-24T22:00, 2026-10-25T09:00"
  })
  void waitsForTheirEnd(String hours, LocalDateTime time, LocalDateTime expected) {
    assertThat(
            QuietHours.parse(hours)
                .after(time.atZone(ZONE).toInstant(), ZONE)
                .atZone(ZONE)
                .toLocalDateTime())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8-9", "24:00-08:00", "at night", "20:00-09:60"})
  void refusesWhatIsNoHours(String hours) {
    assertThatThrownBy(() -> QuietHours.parse(hours))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("carepathway.outreach.quiet")
        .hasMessageContaining("20:00-09:00");
  }
}
