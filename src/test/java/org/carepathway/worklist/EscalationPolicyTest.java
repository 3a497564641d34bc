package org.carepathway.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.TreeMap;
import org.carepathway.calendar.OpeningHours;
import org.carepathway.calendar.SiteCalendar;
import org.carepathway.content.ContentOnDisk;
import org.carepathway.content.PolicyValue;
import org.junit.jupiter.api.Test;

/** What has to be done at once goes to a second role in minutes, and to one that can act. */
class EscalationPolicyTest {

  /** A Sunday, on which the site is closed. */
  private static final Instant DUE = Instant.parse("2026-11-29T10:00:00Z");

  private static final SiteCalendar SITE =
      new SiteCalendar(ZoneOffset.UTC, OpeningHours.parse("Mo-Fr 08:00-18:00"), day -> false);

  @Test
  void anAlarmGoesToTheNurseAfterFiveMinutes() throws IOException {
    EscalationPolicy policy = policy();
    assertThat(policy.at(75, Date.from(DUE), SITE::after))
        .contains(Instant.parse("2026-11-29T10:05:00Z"));
    assertThat(policy.to("ir-physician", 75)).isEqualTo("ir-nurse");
  }

  @Test
  void anAlarmThatTheNurseLeftGoesToAnotherRole() throws IOException {
    assertThat(policy().to("ir-nurse", 75)).isEqualTo("coordinator");
  }

  @Test
  void whatIsLessUrgentTakesLonger() throws IOException {
    EscalationPolicy policy = policy();
    assertThat(policy.at(50, Date.from(DUE), SITE::after))
        .contains(Instant.parse("2026-11-29T11:00:00Z"));
    assertThat(policy.at(0, Date.from(DUE), SITE::after))
        .contains(Instant.parse("2026-11-30T10:00:00Z"));
    assertThat(policy.to("coordinator", 50)).isEqualTo("ir-physician");
  }

  @Test
  void aPathwayWithoutValuesForAtOnceHasThoseForSoon() throws IOException {
    TreeMap<String, PolicyValue> values = new TreeMap<>(policy().values());
    values.remove("escalate-stat-after");
    values.remove("escalate-stat-to");
    EscalationPolicy policy = new EscalationPolicy(values);
    assertThat(policy.at(75, Date.from(DUE), SITE::after))
        .contains(Instant.parse("2026-11-29T11:00:00Z"));
    assertThat(policy.to("ir-physician", 75)).isEqualTo("coordinator");
  }

  private static EscalationPolicy policy() throws IOException {
    return new EscalationPolicy(ContentOnDisk.policy("vertebroplasty").values());
  }
}
