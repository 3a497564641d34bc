package org.carepathway.compartment;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * What of a patient's record is asked for.
 *
 * @param types names; empty for all
 * @param since changed since then; null for always
 * @param offset of the first resource
 * @param count at most so many
 */
record Asked(SortedSet<String> types, Date since, int offset, int count) {

  Asked next() {
    return new Asked(types, since, offset + count, count);
  }

  /** The address that asks for it. */
  String url(String base, String patientId) {
    Map<String, String> query = new LinkedHashMap<>();
    if (!types.isEmpty()) {
      query.put("_type", String.join(",", types));
    }
    if (since != null) {
      query.put(
          "_since",
          DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
              since.toInstant().atOffset(ZoneOffset.UTC)));
    }
    query.put("_count", String.valueOf(count));
    query.put("_offset", String.valueOf(offset));
    return "%s/Patient/%s/$everything?%s"
        .formatted(
            base,
            patientId,
            query.entrySet().stream()
                .map(one -> one.getKey() + '=' + encoded(one.getValue()))
                .collect(Collectors.joining("&")));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
