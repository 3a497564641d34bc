package org.carepathway.fhirfeed;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.IRepository;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carepathway.ehr.EhrFault;
import org.carepathway.ehr.EhrServer;
import org.carepathway.ehr.EhrServers;
import org.carepathway.fhir.Sender;
import org.carepathway.fhirfeed.LinkRows.Link;
import org.carepathway.incoming.SentRecord;
import org.carepathway.outbox.OurNumbers;
import org.carepathway.outbox.SentRows;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * What an EHR says now of one patient, against what is here: who they are, and all that it is asked
 * for. What this service wrote there is another matter.
 */
@Component
class Comparing {

  private final EhrServers servers;
  private final Questions questions;
  private final Translation translation;
  private final SentRecord record;
  private final SentRows sent;
  private final IRepository repository;

  Comparing(
      EhrServers servers,
      Questions questions,
      Translation translation,
      SentRecord record,
      SentRows sent,
      IRepository repository) {
    this.servers = servers;
    this.questions = questions;
    this.translation = translation;
    this.record = record;
    this.sent = sent;
    this.repository = repository;
  }

  /**
   * @throws EhrFault where the EHR does not answer
   */
  List<Difference> of(String feed, Link link) {
    List<Difference> all = new ArrayList<>(who(feed, link));
    List<Question> asked = questions.of(feed);
    for (String type : asked.stream().map(Question::type).distinct().toList()) {
      Map<String, Found> there = new HashMap<>();
      asked.stream()
          .filter(one -> one.type().equals(type))
          .forEach(one -> read(feed, one, link).forEach(found -> there.put(found.id(), found)));
      all.addAll(of(feed, link, type, there));
    }
    return all;
  }

  private List<Difference> who(String feed, Link link) {
    Patient here = repository.read(Patient.class, new IdType("Patient", link.patient()));
    Patient there = (Patient) resource(servers.server(feed).read("Patient", link.ehrId()));
    Patient taken = here.copy();
    Demographics.take(there, taken);
    String said = HereAndThere.said(here, taken);
    return said.isEmpty()
        ? List.of()
        : List.of(
            Difference.of(
                feed, link.patient(), "Patient/" + link.ehrId(), Difference.OTHERWISE, said));
  }

  /** What we wrote there ourselves is compared by the outbox. */
  private List<Found> read(String feed, Question question, Link link) {
    List<Found> all = new ArrayList<>();
    Medicines medicines = new Medicines(servers.server(feed));
    new Sweep(servers.server(feed), Duration.ZERO, servers.settings(feed).page(), Clock.systemUTC())
        .read(
            question,
            link.ehrId(),
            null,
            found -> {
              all.addAll(found);
              return List.of();
            });
    return all.stream()
        .filter(one -> !sent.isOurs(feed, one.type() + '/' + one.id()))
        .filter(one -> !OurNumbers.isIn(resource(one.resource())))
        .map(medicines::within)
        .toList();
  }

  private List<Difference> of(String feed, Link link, String type, Map<String, Found> there) {
    Map<String, Resource> here = here(feed, link, type);
    List<Difference> all = new ArrayList<>();
    there.forEach((id, found) -> difference(feed, link, found, here.get(id)).ifPresent(all::add));
    here.keySet().stream()
        .filter(id -> !there.containsKey(id))
        .forEach(id -> notAmongThem(feed, link, type + '/' + id, here.get(id)).ifPresent(all::add));
    return all;
  }

  /** By their ids at the EHR. */
  private Map<String, Resource> here(String feed, Link link, String type) {
    String source = servers.server(feed).base() + '/' + type + '/';
    return record.sentOf(link.patient(), type).stream()
        .filter(one -> String.valueOf(one.getMeta().getSource()).startsWith(source))
        .collect(
            Collectors.toMap(
                one -> one.getMeta().getSource().substring(source.length()).split("[/#]")[0],
                one -> one,
                (one, other) -> other));
  }

  private Optional<Difference> difference(String feed, Link link, Found found, Resource here) {
    String theirs = found.type() + '/' + found.id();
    Resource said = resource(found.resource());
    Resource before =
        here != null
            ? here
            : record.known(
                found.type(),
                translation.numbers(said),
                References.id(feed, found.type(), found.id()),
                link.patient());
    if (before.getMeta().getVersionId() == null) {
      return Optional.of(Difference.of(feed, link.patient(), theirs, Difference.MISSING, ""));
    }
    if (record.isPathways(before) || here == null && isOfAnotherFeed(before)) {
      return Optional.empty();
    }
    String differs =
        HereAndThere.said(before, translation.ours(said, before, feed, link.patient()));
    return differs.isEmpty()
        ? Optional.empty()
        : Optional.of(Difference.of(feed, link.patient(), theirs, Difference.OTHERWISE, differs));
  }

  /** The laboratory that sends the same by HL7 v2 corrects it itself. */
  private static boolean isOfAnotherFeed(Resource before) {
    return String.valueOf(before.getMeta().getSource()).startsWith(Sender.FEEDS);
  }

  /** It may only be one that is not asked for. */
  private Optional<Difference> notAmongThem(String feed, Link link, String theirs, Resource here) {
    if (TakenBack.is(here)) {
      return Optional.empty();
    }
    EhrServer server = servers.server(feed);
    try {
      return Found.of(server.read(theirs.split("/")[0], theirs.split("/")[1]))
          .map(new Medicines(server)::within)
          .flatMap(found -> difference(feed, link, found, here));
    } catch (EhrFault fault) {
      if (fault.status() == 404 || fault.status() == 410) {
        return Optional.of(Difference.of(feed, link.patient(), theirs, Difference.GONE, ""));
      }
      throw fault;
    }
  }

  private static Resource resource(JsonNode json) {
    return (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(json.toString());
  }
}
