package org.carepathway.clock;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The hospital that the service runs in.
 *
 * @param timeZone of all times on the pages, such as {@code Europe/Madrid}; that of the machine
 *     where it is not set
 */
@ConfigurationProperties("carepathway.site")
record SiteSettings(ZoneId timeZone) {

  ZoneId zone() {
    return timeZone == null ? ZoneId.systemDefault() : timeZone;
  }
}
