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
import org.hl7.fhir.instance.model.api.IIdType;

/**
 * What of a patient's record is asked for.
 *
 * @param types names; empty for all
 * @param since changed since then; null for always
 * @param after the last one of the page before, so that what is stored or changed between two pages
 *     moves nothing from one to another; null for the first page
 * @param count at most so many
 */
record Asked(SortedSet<String> types, Date since, IIdType after, int count) {

  Asked next(IIdType last) {
    return new Asked(types, since, last, count);
  }

  /** Whether pages from here on may have resources of a type. */
  boolean reaches(String type) {
    return after == null || after.getResourceType().compareTo(type) <= 0;
  }

  /** Whether a resource comes on pages from here on: types and, of each, ids go in order. */
  boolean reaches(IIdType id) {
    return after == null
        || !after.getResourceType().equals(id.getResourceType())
        || after.getIdPart().compareTo(id.getIdPart()) < 0;
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
    if (after != null) {
      query.put("_after", after.getValue());
    }
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
