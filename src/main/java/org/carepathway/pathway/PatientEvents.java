package org.carepathway.pathway;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.content.PathwayEvent;
import org.carepathway.content.PathwayEvent.Change;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.fhir.Sender;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.security.OnBehalf;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
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
  private final Clock clock;

  PatientEvents(
      Pathways pathways,
      PathwayEngine engine,
      Records records,
      FhirPaths paths,
      OnBehalf behalf,
      Clock clock) {
    this.pathways = pathways;
    this.engine = engine;
    this.records = records;
    this.paths = paths;
    this.behalf = behalf;
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
        .forEach(
            pathway ->
                pathways.content(pathway).events().stream()
                    .filter(event -> isNew(event, before, after))
                    .forEach(event -> happened(event, pathway, after, sender)));
  }

  private boolean isNew(PathwayEvent event, Resource before, Resource after) {
    return event.changes().stream()
        .filter(change -> change.type().equals(after.fhirType()))
        .anyMatch(change -> holds(change, after) && (before == null || !holds(change, before)));
  }

  private boolean holds(Change change, Resource resource) {
    return paths.test(
        resource,
        change.condition(),
        FhirPathContext.at(ZonedDateTime.now(clock)).with("resource", resource));
  }

  private void happened(PathwayEvent event, Pathway pathway, Resource resource, Sender sender) {
    String version = resource.getIdElement().getVersionIdPart();
    records.triggeredBy(
        new Trigger(
            "%s/%s/%s/%s"
                .formatted(
                    resource.fhirType(),
                    resource.getIdElement().getIdPart(),
                    version,
                    event.message()),
            behalf.agent(sender, pathway.patientId())));
    if (pathways.open(pathway.id()).pathway().isActive()) {
      engine.correlate(event.message(), pathway.id());
    }
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
