package org.carepathway.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.carepathway.ehr.EhrServer;
import org.carepathway.outbox.OurNumbers;

/** Finds the resource of an EHR that one of ours is there, by our number or by what it says. */
final class Counterparts {

  private static final int PAGES = 20;

  /** As many as EHRs give at once. */
  private static final String PAGE = "100";

  private final EhrServer server;
  private final Predicate<String> isKnown;

  /**
   * @param isKnown whether {@code Type/id} there is another resource that we wrote
   */
  Counterparts(EhrServer server, Predicate<String> isKnown) {
    this.server = server;
    this.isKnown = isKnown;
  }

  /**
   * @param ehrPatient id of the Patient there
   * @return its id there; empty where it is not there
   * @throws NotSo where it cannot be said which it is
   */
  Optional<String> find(Way way, JsonNode body, String number, String ehrPatient) {
    List<String> found =
        way.isFoundByIdentifier()
            ? byIdentifier(way.type(), number, ehrPatient)
            : alike(way.type(), body, ehrPatient);
    if (found.size() > 1) {
      throw new NotSo(
          "The EHR has it %d times: %s/%s. Take all but the first back there; then replay this."
              .formatted(found.size(), way.type(), found),
          false);
    }
    return found.stream().findFirst();
  }

  /** With the patient, as some search for nothing without. */
  private List<String> byIdentifier(String type, String number, String ehrPatient) {
    return all(
            server.search(
                type,
                List.of(Map.entry("patient", ehrPatient), Map.entry("identifier", token(number)))),
            type)
        .stream()
        .filter(one -> Same.hasNumber(one, OurNumbers.SYSTEM, number))
        .map(one -> one.path("id").asText())
        .distinct()
        .toList();
  }

  private List<String> alike(String type, JsonNode body, String ehrPatient) {
    return all(
            server.search(
                type, List.of(Map.entry("patient", ehrPatient), Map.entry("_count", PAGE))),
            type)
        .stream()
        .filter(one -> Same.isAlike(body, one))
        .map(one -> one.path("id").asText())
        .filter(id -> !isKnown.test(type + '/' + id))
        .distinct()
        .toList();
  }

  private List<JsonNode> all(JsonNode first, String type) {
    List<JsonNode> all = new ArrayList<>();
    JsonNode page = first;
    for (int i = 0; i < PAGES; i++) {
      page.path("entry")
          .forEach(
              entry -> {
                if (entry.at("/resource/resourceType").asText().equals(type)) {
                  all.add(entry.path("resource"));
                }
              });
      Optional<String> next = next(page);
      if (next.isEmpty()) {
        return all;
      }
      page = server.page(next.get());
    }
    throw new NotSo("The EHR has too many to look through.", false);
  }

  private static Optional<String> next(JsonNode page) {
    for (JsonNode link : page.path("link")) {
      if (link.path("relation").asText().equals("next")) {
        return Optional.of(link.path("url").asText());
      }
    }
    return Optional.empty();
  }

  private static String token(String number) {
    return OurNumbers.SYSTEM + '|' + number;
  }
}
