package org.carepathway.fhirfeed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.carepathway.ehr.EhrFault;
import org.carepathway.ehr.EhrServer;
import org.carepathway.ehr.EhrServers;
import org.carepathway.fhirfeed.LinkRows.Link;
import org.carepathway.fhirfeed.SubscriptionRows.Wanted;
import org.springframework.stereotype.Component;

/** Reads what an EHR has told of by name only, or of somebody who is not known here. */
@Component
class WantedReads {

  private final EhrServers servers;
  private final SubscriptionRows rows;
  private final FhirFeedRows feeds;
  private final LinkRows links;
  private final Kept kept;

  WantedReads(
      EhrServers servers, SubscriptionRows rows, FhirFeedRows feeds, LinkRows links, Kept kept) {
    this.servers = servers;
    this.rows = rows;
    this.feeds = feeds;
    this.links = links;
    this.kept = kept;
  }

  /** What is refused of one is left to the rounds; where nobody answers all is tried again. */
  void run(String feed, BooleanSupplier goesOn) {
    EhrServer ehr = servers.server(feed);
    Medicines medicines = new Medicines(ehr);
    for (Wanted wanted : rows.wanted(feed)) {
      if (!goesOn.getAsBoolean()) {
        return;
      }
      try {
        read(feed, ehr, medicines, wanted.reference());
        feeds.answered(feed);
      } catch (EhrFault fault) {
        if (fault.kind().isOfAll()) {
          feeds.failed(feed, fault);
          return;
        }
      }
      rows.read(feed, wanted);
    }
  }

  private void read(String feed, EhrServer ehr, Medicines medicines, String reference) {
    String[] parts = reference.split("/");
    Optional<Found> found = Found.of(ehr.read(parts[0], parts[1]));
    if (found.isEmpty()) {
      return;
    }
    Optional<Link> link = links.ofSubject(feed, ehr, found.get());
    if (link.isPresent()) {
      kept.keep(feed, link.get().lane(), List.of(found.get()), medicines::within);
    } else {
      ofSomebodyElse(feed, ehr, medicines, found.get());
    }
  }

  /** It waits in the inbox under their number until they are referred. */
  private void ofSomebodyElse(String feed, EhrServer ehr, Medicines medicines, Found found) {
    Optional<Found> patient =
        found.type().equals("Patient")
            ? Optional.of(found)
            : found
                .subject()
                .map(ehr::relative)
                .filter(reference -> reference.matches("Patient/[A-Za-z0-9.-]{1,64}"))
                .flatMap(reference -> Found.of(ehr.read("Patient", reference.substring(8))));
    Optional<String> lane = patient.flatMap(one -> lane(feed, one.resource()));
    if (lane.isPresent()) {
      kept.keep(feed, lane.get(), List.of(patient.get()));
      kept.keep(feed, lane.get(), List.of(found), medicines::within);
    }
  }

  /** The number of the system that the settings name, else the first medical record number. */
  private Optional<String> lane(String feed, JsonNode patient) {
    String system = servers.settings(feed).patients();
    Optional<String> first = Optional.empty();
    for (JsonNode number : patient.path("identifier")) {
      String lane = number.path("system").asText() + '|' + number.path("value").asText();
      boolean isWhole = number.hasNonNull("system") && number.hasNonNull("value");
      boolean isRecordNumber = number.at("/type/coding").findValuesAsText("code").contains("MR");
      if (isWhole
          && (system == null ? isRecordNumber : system.equals(number.path("system").asText()))) {
        return Optional.of(lane);
      }
      if (isWhole && system == null && first.isEmpty()) {
        first = Optional.of(lane);
      }
    }
    return first;
  }
}
