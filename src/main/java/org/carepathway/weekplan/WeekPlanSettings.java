package org.carepathway.weekplan;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a week is planned.
 *
 * @param search how long better plans are looked for
 * @param hold how long a time that was accepted is held for the patient, as content writes it
 */
@ConfigurationProperties("carepathway.week-plan")
public record WeekPlanSettings(
    @DefaultValue("3s") Duration search, @DefaultValue("1 working day") String hold) {

  /**
   * @throws IllegalArgumentException when there is no time to search
   */
  public WeekPlanSettings {
    if (search.isNegative() || search.isZero()) {
      throw new IllegalArgumentException(
          "carepathway.week-plan.search is %s: write a time such as 3s.".formatted(search));
    }
  }
}
