package org.carepathway.clock;

import java.time.ZoneId;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The hospital that the service runs in.
 *
 * @param timeZone of all times on the pages, such as {@code Europe/Madrid}; that of the machine
 *     where it is not set
 * @param language of letters to referrers and roles, and to patients whose language is not known or
 *     not offered, such as {@code es}
 * @param recordNumberSystem system of the identifiers that are this hospital's record numbers;
 *     where it is not set, those of the type MR, then those without a type
 */
@ConfigurationProperties("carepathway.site")
public record SiteSettings(
    ZoneId timeZone, @DefaultValue("en") Locale language, String recordNumberSystem) {

  ZoneId zone() {
    return timeZone == null ? ZoneId.systemDefault() : timeZone;
  }
}
