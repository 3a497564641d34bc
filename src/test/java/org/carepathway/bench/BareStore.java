package org.carepathway.bench;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.repository.IRepository;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Case c: the referral and the Bundles of the rehearsal, with ids of their own, written to the
 * service's FHIR store in as many transactions. Nothing is read, no pathway runs.
 */
final class BareStore implements Case {

  private final IRepository repository;
  private final TransactionTemplate transaction;
  private final ServiceRequest referral;
  private final List<Bundle> bundles;
  private final Set<String> ids = new HashSet<>();
  private final Queue<List<Bundle>> prepared = new ConcurrentLinkedQueue<>();

  BareStore(IRepository repository, TransactionTemplate transaction, Rehearsal rehearsal) {
    this.repository = repository;
    this.transaction = transaction;
    this.referral = parser().parseResource(ServiceRequest.class, rehearsal.referral());
    this.bundles =
        rehearsal.bundles().stream()
            .map(json -> parser().parseResource(Bundle.class, json))
            .toList();
    bundles.get(0).getEntry().add(0, put(referral));
    bundles.stream()
        .flatMap(bundle -> bundle.getEntry().stream())
        .map(BundleEntryComponent::getResource)
        .forEach(
            resource -> {
              ids.add(resource.getIdElement().getIdPart());
              ids.addAll(booked(resource));
              startsNoPathway(resource);
            });
  }

  @Override
  public String name() {
    return "c  bare FHIR store";
  }

  @Override
  public void prepare(int count) {
    List<String> texts =
        bundles.stream().map(bundle -> parser().encodeResourceToString(bundle)).toList();
    for (int i = 0; i < count; i++) {
      Map<String, String> fresh = new HashMap<>();
      prepared.add(
          texts.stream()
              .map(text -> parser().parseResource(Bundle.class, renamed(text, fresh)))
              .toList());
    }
  }

  @Override
  public void travel() {
    prepared
        .remove()
        .forEach(
            bundle -> transaction.executeWithoutResult(status -> repository.transaction(bundle)));
  }

  /** How many resources one pathway writes, each version counted. */
  int writes() {
    return bundles.stream().mapToInt(bundle -> bundle.getEntry().size()).sum();
  }

  int transactions() {
    return bundles.size();
  }

  private String renamed(String text, Map<String, String> fresh) {
    return Patients.UUIDS
        .matcher(text)
        .replaceAll(
            found ->
                ids.contains(found.group())
                    ? fresh.computeIfAbsent(found.group(), id -> UUID.randomUUID().toString())
                    : found.group());
  }

  /** What makes the room and people of one patient other than those of the next. */
  private static Set<String> booked(org.hl7.fhir.r4.model.Resource resource) {
    return resource instanceof Appointment appointment
        ? appointment.getParticipant().stream()
            .map(participant -> participant.getActor().getDisplay())
            .filter(Objects::nonNull)
            .flatMap(name -> Patients.UUIDS.matcher(name).results())
            .map(MatchResult::group)
            .collect(Collectors.toSet())
        : Set.of();
  }

  private void startsNoPathway(org.hl7.fhir.r4.model.Resource resource) {
    if (resource instanceof ServiceRequest request
        && request.getIdElement().getIdPart().equals(referral.getIdElement().getIdPart())) {
      request.setCode(new CodeableConcept().setText("Replayed"));
      request.setInstantiatesCanonical(null);
    }
  }

  private static BundleEntryComponent put(ServiceRequest referral) {
    BundleEntryComponent entry = new BundleEntryComponent();
    String url = "ServiceRequest/" + referral.getIdElement().getIdPart();
    entry.setFullUrl(url).setResource(referral);
    entry.getRequest().setMethod(HTTPVerb.PUT).setUrl(url);
    return entry;
  }

  private static IParser parser() {
    return FhirContext.forR4Cached().newJsonParser();
  }
}
