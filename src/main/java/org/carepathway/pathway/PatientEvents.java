package org.carepathway.pathway;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.content.PathwayContent;
import org.carepathway.content.PathwayEvent;
import org.carepathway.content.PathwayEvent.Change;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.fact.Facts;
import org.carepathway.fact.Kinds;
import org.carepathway.fhir.Sender;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.security.OnBehalf;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Watches what others store of a patient: a resource that becomes what an event of a pathway waits
 * for, such as a Patient with a time of death, is that event, in the transaction that stores it.
 */
@Component
@Interceptor
class PatientEvents implements StoreInterceptor {

  private final Pathways pathways;
  private final PathwayEngine engine;
  private final Records records;
  private final FhirPaths paths;
  private final OnBehalf behalf;
  private final IRepository repository;
  private final Clock clock;

  PatientEvents(
      Pathways pathways,
      PathwayEngine engine,
      Records records,
      FhirPaths paths,
      OnBehalf behalf,
      IRepository repository,
      Clock clock) {
    this.pathways = pathways;
    this.engine = engine;
    this.records = records;
    this.paths = paths;
    this.behalf = behalf;
    this.repository = repository;
    this.clock = clock;
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED, order = StoreOrder.PATIENT_EVENTS)
  public void created(IBaseResource resource, RequestDetails request) {
    changed(null, (Resource) resource, request);
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED, order = StoreOrder.PATIENT_EVENTS)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    changed((Resource) before, (Resource) after, request);
  }

  private void changed(Resource before, Resource after, RequestDetails request) {
    Sender sender = Sender.of(request);
    if (!sender.isOutside()) {
      return;
    }
    patient(after).stream()
        .flatMap(patientId -> pathways.ofPatient(patientId).stream())
        .filter(Pathway::isActive)
        .forEach(pathway -> changed(pathway, before, after, sender));
  }

  private void changed(Pathway pathway, Resource before, Resource after, Sender sender) {
    PathwayContent content = pathways.content(pathway);
    if (content.events().stream().noneMatch(event -> isAbout(event, after))) {
      return;
    }
    Kinds kinds = Kinds.of(content.kinds());
    Resource was = before == null ? null : asOnFile(before, kinds);
    Resource is = asOnFile(after, kinds);
    content.events().stream()
        .filter(event -> isNew(event, was, is))
        .forEach(event -> happened(event, pathway, was, is, sender));
  }

  private static boolean isAbout(PathwayEvent event, Resource resource) {
    return event.changes().stream().anyMatch(change -> change.type().equals(resource.fhirType()));
  }

  /** As forms read it, drugs and allergies with their kind; what does not count stays as sent. */
  private Resource asOnFile(Resource resource, Kinds kinds) {
    Bundle alone = new Bundle();
    alone.addEntry().setResource(resource);
    Bundle drugs = new Bundle();
    Facts.pointedTo(alone)
        .forEach(
            id ->
                drugs
                    .addEntry()
                    .setResource(repository.read(Medication.class, new IdType("Medication", id))));
    DateTimeType now = new DateTimeType(Date.from(clock.instant()));
    return Facts.onFile("?patient=", alone, drugs, kinds, now).getEntry().stream()
        .map(BundleEntryComponent::getResource)
        .findFirst()
        .orElse(resource);
  }

  private boolean isNew(PathwayEvent event, Resource before, Resource after) {
    return event.changes().stream()
        .filter(change -> change.type().equals(after.fhirType()))
        .anyMatch(change -> isNew(change, before, after));
  }

  /** A condition that asks for {@code %previous} says itself what a change is. */
  private boolean isNew(Change change, Resource before, Resource after) {
    return holds(change, before, after)
        && (before == null
            || paths.variables(change.condition()).contains("previous")
            || !holds(change, null, before));
  }

  private boolean holds(Change change, Resource before, Resource resource) {
    return paths.test(
        resource,
        change.condition(),
        FhirPathContext.at(ZonedDateTime.now(clock))
            .with("resource", resource)
            .with("changed", resource)
            .with("previous", before));
  }

  private void happened(
      PathwayEvent event, Pathway pathway, Resource before, Resource after, Sender sender) {
    String id =
        "%s/%s/%s/%s"
            .formatted(
                after.fhirType(),
                after.getIdElement().getIdPart(),
                after.getIdElement().hasVersionIdPart()
                    ? after.getIdElement().getVersionIdPart()
                    : after.getMeta().getVersionId(),
                event.message());
    records.because(
        new Trigger(id, behalf.agent(sender, pathway.patientId()), after, before),
        () -> {
          if (pathways.open(pathway.id()).pathway().isActive()) {
            engine.correlate(event.message(), pathway.id());
          }
        });
  }

  private static Optional<String> patient(Resource resource) {
    return resource.fhirType().equals("Patient")
        ? Optional.of(resource.getIdElement().getIdPart())
        : Stream.of("subject", "patient")
            .map(resource::getNamedProperty)
            .filter(Objects::nonNull)
            .flatMap(property -> property.getValues().stream())
            .map(subject -> new IdType(((Reference) subject).getReference()))
            .filter(subject -> "Patient".equals(subject.getResourceType()))
            .map(IdType::getIdPart)
            .findFirst();
  }
}
