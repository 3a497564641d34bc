package org.carepathway.fhirfeed;

import ca.uhn.fhir.repository.IRepository;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carepathway.ehr.EhrServers;
import org.carepathway.fhir.Numbers;
import org.carepathway.fhirfeed.LinkRows.Link;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/**
 * Finds who a patient of ours is in an EHR: by their numbers, and by nothing else. What comes is
 * looked at again, as an EHR that knows no search by number would answer with anybody.
 */
@Component
public class EhrPatients {

  private static final String PAGE = "20";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EhrServers servers;
  private final LinkRows rows;
  private final CursorRows cursors;
  private final Kept kept;
  private final IRepository repository;

  EhrPatients(
      EhrServers servers, LinkRows rows, CursorRows cursors, Kept kept, IRepository repository) {
    this.servers = servers;
    this.rows = rows;
    this.cursors = cursors;
    this.kept = kept;
    this.repository = repository;
  }

  /** A Patient of the EHR, and the number of ours that it has. */
  private record Match(Found patient, String lane) {}

  /**
   * Who a patient of ours is in an EHR, as it is known or else as the EHR says when asked.
   *
   * @return the id there; empty where the EHR does not know them, or has several of their number
   * @throws org.carepathway.ehr.EhrFault where it does not answer
   */
  public Optional<String> id(String feed, String patient) {
    return rows.find(feed, patient)
        .filter(link -> link.ehrId() != null)
        .or(() -> find(feed, patient))
        .map(Link::ehrId);
  }

  /**
   * Asks the EHR and keeps what it says of the patient.
   *
   * @return empty where it does not know them, or has several of their number: a person is asked
   */
  Optional<Link> find(String feed, String patient) {
    List<String> numbers = numbers(feed, patient);
    List<Match> matches = numbers.isEmpty() ? List.of() : ask(feed, numbers);
    Link link =
        matches.size() == 1
            ? new Link(patient, matches.get(0).patient().id(), matches.get(0).lane())
            : new Link(patient, null, numbers.isEmpty() ? null : numbers.get(0));
    Optional<Link> before = rows.find(feed, patient);
    if (before.map(Link::ehrId).filter(id -> !id.equals(link.ehrId())).isPresent()) {
      cursors.begin(feed, patient);
    }
    rows.save(feed, link);
    if (matches.size() == 1) {
      kept.keep(feed, link.lane(), List.of(matches.get(0).patient()));
      return Optional.of(link);
    }
    if (matches.size() > 1) {
      kept.keep(feed, link.lane(), List.of(several(matches)));
    }
    return Optional.empty();
  }

  private List<String> numbers(String feed, String patient) {
    String system = servers.settings(feed).patients();
    return repository.read(Patient.class, new IdType("Patient", patient)).getIdentifier().stream()
        .filter(Numbers::isWhole)
        .filter(number -> system == null || system.equals(number.getSystem()))
        .map(EhrPatients::lane)
        .toList();
  }

  static String lane(Identifier number) {
    return number.getSystem() + '|' + number.getValue();
  }

  private List<Match> ask(String feed, List<String> numbers) {
    JsonNode bundle =
        servers
            .server(feed)
            .search(
                "Patient",
                List.of(
                    Map.entry(
                        "identifier",
                        numbers.stream()
                            .map(EhrPatients::escaped)
                            .collect(Collectors.joining(","))),
                    Map.entry("_count", PAGE)));
    List<Match> matches = new ArrayList<>();
    for (JsonNode entry : bundle.path("entry")) {
      JsonNode resource = entry.path("resource");
      if (resource.path("resourceType").asText().equals("Patient")
          && resource.path("active").asBoolean(true)) {
        Optional<String> lane = lane(resource, numbers);
        Optional<Found> found = Found.of(resource);
        if (lane.isPresent() && found.isPresent()) {
          matches.add(new Match(found.get(), lane.get()));
        }
      }
    }
    return matches;
  }

  /** A token of a search, R4 chapter 3.1.1.4.2.1: the bar between system and value stays. */
  private static String escaped(String number) {
    int bar = number.lastIndexOf('|');
    return plain(number.substring(0, bar)) + '|' + plain(number.substring(bar + 1));
  }

  private static String plain(String text) {
    return text.replaceAll("([\\\\,|$])", "\\\\$1");
  }

  private static Optional<String> lane(JsonNode patient, List<String> numbers) {
    List<String> theirs = new ArrayList<>();
    for (JsonNode number : patient.path("identifier")) {
      theirs.add(number.path("system").asText() + '|' + number.path("value").asText());
    }
    return numbers.stream().filter(theirs::contains).findFirst();
  }

  /** All of them, under an id that is the same each time. */
  private static Found several(List<Match> matches) {
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("resourceType", "Bundle");
    bundle.put("id", "several");
    bundle.put("type", "collection");
    matches.stream()
        .map(match -> match.patient().resource())
        .sorted(Comparator.comparing(one -> one.path("id").asText()))
        .forEach(one -> bundle.withArray("entry").addObject().set("resource", one));
    return new Found(bundle);
  }
}
