package org.carepathway.document;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the hospital names itself to those it writes to, {@code carepathway.letterhead.*}: on
 * letters, in messages and on the pages of patients.
 *
 * @param hospital its name
 * @param department the one that treats, with the name that patients know
 * @param address the lines of the postal address
 * @param phone number by day, for patients and doctors
 * @param nightPhone number at night and on days without work; where it is not set, none is told
 * @param emergency number of the emergency service
 */
@ConfigurationProperties("carepathway.letterhead")
public record Letterhead(
    @DefaultValue("") String hospital,
    @DefaultValue("") String department,
    @DefaultValue List<String> address,
    @DefaultValue("") String phone,
    @DefaultValue("") String nightPhone,
    @DefaultValue("112") String emergency) {

  /** The settings without which a letter does not say who writes, or how to reach them. */
  List<String> missing() {
    return Stream.of(
            Map.entry("hospital", hospital),
            Map.entry("address", String.join("", address)),
            Map.entry("phone", phone),
            Map.entry("night-phone", nightPhone))
        .filter(setting -> setting.getValue().isBlank())
        .map(setting -> "carepathway.letterhead." + setting.getKey())
        .toList();
  }

  /** What stands below the name of the hospital. */
  public List<String> lines() {
    return Stream.of(Stream.of(department), address.stream(), Stream.of(phone))
        .flatMap(lines -> lines)
        .filter(line -> !line.isBlank())
        .toList();
  }
}
