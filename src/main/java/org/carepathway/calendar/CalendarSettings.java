package org.carepathway.calendar;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the site works.
 *
 * @param opening hours of each day of the week on which it is open, such as {@code Mo-Fr
 *     08:00-18:00; Sa 09:00-12:00}
 * @param holidays country, and part of it, whose public holidays are no working days, such as
 *     {@code es-md}; without it none are known
 */
@ConfigurationProperties("carepathway.calendar")
public record CalendarSettings(
    @DefaultValue("Mo-Fr 08:00-18:00") String opening, String holidays) {}
