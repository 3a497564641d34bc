package org.carepathway.pathway;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.time.Clock;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.content.PathwayContent;
import org.carepathway.fact.Facts;
import org.carepathway.fact.Kinds;
import org.carepathway.fhir.Sender;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.carepathway.security.OnBehalf;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
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
  private final ToldEvents told;
  private final OnBehalf behalf;
  private final IRepository repository;
  private final Clock clock;

  PatientEvents(
      Pathways pathways, ToldEvents told, OnBehalf behalf, IRepository repository, Clock clock) {
    this.pathways = pathways;
    this.told = told;
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
    if (content.events().stream().noneMatch(event -> ToldEvents.isAbout(event, after))) {
      return;
    }
    Kinds kinds = Kinds.of(content.kinds());
    Resource was = before == null ? null : asOnFile(before, kinds);
    Resource is = asOnFile(after, kinds);
    told.tell(
        pathway,
        was,
        is,
        "%s/%s/%s"
            .formatted(
                is.fhirType(),
                is.getIdElement().getIdPart(),
                is.getIdElement().hasVersionIdPart()
                    ? is.getIdElement().getVersionIdPart()
                    : is.getMeta().getVersionId()),
        () -> behalf.agent(sender, pathway.patientId()));
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

  private static Optional<String> patient(Resource resource) {
    return resource.fhirType().equals("Patient")
        ? Optional.of(resource.getIdElement().getIdPart())
        : named(resource)
            .map(subject -> new IdType(subject.getReference()))
            .filter(subject -> "Patient".equals(subject.getResourceType()))
            .map(IdType::getIdPart)
            .findFirst();
  }

  private static Stream<Reference> named(Resource resource) {
    return resource instanceof Appointment appointment
        ? appointment.getParticipant().stream().map(AppointmentParticipantComponent::getActor)
        : Stream.of("subject", "patient", "actor")
            .map(resource::getNamedProperty)
            .filter(Objects::nonNull)
            .flatMap(property -> property.getValues().stream())
            .map(Reference.class::cast);
  }
}
