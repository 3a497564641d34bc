package org.carepathway.booking;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Open times that anybody may read (SMART Scheduling Links), {@code carepathway.open-times.*}.
 *
 * @param publish whether they may; the address and phone of the site are needed then
 * @param ahead how far
 * @param line street and number
 * @param phone by which a time is asked for
 */
@ConfigurationProperties("carepathway.open-times")
public record OpenTimesSettings(
    @DefaultValue("false") boolean publish,
    @DefaultValue("28d") Duration ahead,
    String line,
    String city,
    String state,
    String postalCode,
    String phone) {

  public OpenTimesSettings {
    if (publish && (isEmpty(line) || isEmpty(city) || isEmpty(postalCode) || isEmpty(phone))) {
      throw new IllegalArgumentException(
          "carepathway.open-times.publish needs line, city, postal-code and phone of the site:"
              + " who finds a time has to know where it is and whom to call.");
    }
  }

  private static boolean isEmpty(String text) {
    return text == null || text.isBlank();
  }
}
