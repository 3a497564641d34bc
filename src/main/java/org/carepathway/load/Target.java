package org.carepathway.load;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * As what an entry is stored. Sent twice it is stored once: under an id that follows from its own,
 * or on the condition that its number is not there yet.
 *
 * @param method {@code PUT} or {@code POST}
 * @param url of the entry's request
 * @param ifNoneExist its condition; null without one
 * @param known {@code Type/id}; null where the service says it
 */
record Target(String method, String url, String ifNoneExist, String known) {

  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}");
  private static final Pattern BY_ID = Pattern.compile("PUT [A-Za-z]+/[A-Za-z0-9.-]{1,64}");

  /**
   * @param source whose numbers the ids are; null where nothing says
   * @throws LoadStopped where the id is a number that others may use too
   */
  static Target of(Entry entry, String source) {
    String request = String.valueOf(entry.request());
    if (BY_ID.matcher(request).matches()) {
      return byId(request.substring(4));
    }
    if (request.startsWith("PUT ") && request.contains("?")) {
      return new Target("PUT", request.substring(4), null, null);
    }
    if (entry.ifNoneExist() != null) {
      return new Target("POST", entry.type(), entry.ifNoneExist(), null);
    }
    return entry.recordNumber() == null
        ? byId(entry.type() + '/' + id(entry, source))
        : new Target("POST", entry.type(), "identifier=" + encoded(entry.recordNumber()), null);
  }

  /** Whether it is stored at all: what an entry asks may be to read or to delete. */
  static boolean isStored(Entry entry) {
    return entry.request() == null
        || entry.request().startsWith("POST ")
        || entry.request().startsWith("PUT ");
  }

  private static Target byId(String name) {
    return new Target("PUT", name, null, name);
  }

  private static String id(Entry entry, String source) {
    String own = entry.fullUrl() == null ? entry.id() : entry.fullUrl().replace("urn:uuid:", "");
    if (own != null && UUIDS.matcher(own).matches()) {
      return own;
    }
    if (entry.id() != null && UUIDS.matcher(entry.id()).matches()) {
      return entry.id();
    }
    if (own == null) {
      return named(entry.hash());
    }
    if (source == null && !own.startsWith("http")) {
      throw new LoadStopped(
          "%s (entry %d) has an id that other systems may use for something else. Say with --source=URI whose ids these are, such as --source=https://ehr.example.org/fhir. Nothing was sent."
              .formatted(entry.name(), entry.place()));
    }
    return named((own.startsWith("http") ? "" : source + '/' + entry.type() + '/') + own);
  }

  private static String named(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
