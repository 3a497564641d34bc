package org.carepathway.pathway;

import ca.uhn.fhir.repository.IRepository;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.content.PathwayContent;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.fhir.Sender;
import org.carepathway.record.PathwayRecord;
import org.carepathway.record.Records;
import org.carepathway.record.StableIds;
import org.carepathway.record.Trigger;
import org.carepathway.security.OnBehalf;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Starts a pathway for a referral, in the transaction that stores the referral. */
@Component
class Departure {

  private static final String ELEMENT = "Referral";

  private final PathwayRows rows;
  private final TakenNumbers numbers;
  private final Records records;
  private final PathwayEngine engine;
  private final IRepository repository;
  private final CareTeams teams;
  private final OnBehalf behalf;
  private final PatientIdentity identity;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Departure(
      PathwayRows rows,
      TakenNumbers numbers,
      Records records,
      PathwayEngine engine,
      IRepository repository,
      CareTeams teams,
      OnBehalf behalf,
      PatientIdentity identity,
      ApplicationEventPublisher events,
      Clock clock) {
    this.rows = rows;
    this.numbers = numbers;
    this.records = records;
    this.engine = engine;
    this.repository = repository;
    this.teams = teams;
    this.behalf = behalf;
    this.identity = identity;
    this.events = events;
    this.clock = clock;
  }

  /**
   * @param referralKey what makes the referral the same however often it is sent
   * @param sender of the referral
   * @throws ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException (409) when one of
   *     its numbers is another referral's
   * @throws ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException (422) when the patient
   *     cannot be referred
   */
  void start(PathwayContent content, ServiceRequest referral, String referralKey, Sender sender) {
    String referralId = referral.getIdElement().getIdPart();
    UUID id = StableIds.of(referralId, content.key(), "pathway", 0);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Pathway pathway =
        new Pathway(
            id,
            content.key(),
            content.version(),
            new IdType(referral.getSubject().getReference()).getIdPart(),
            referralId,
            StableIds.of(referralId, content.key(), "CarePlan", 0).toString(),
            StableIds.of(referralId, content.key(), "EpisodeOfCare", 0).toString(),
            "active",
            null,
            now,
            null);
    if (!rows.add(pathway, referralKey)) {
      throw numbers.taken(pathway, referral);
    }
    numbers.keep(pathway, referral);
    teams.assign(pathway.patientId(), referral);
    Patient patient = repository.read(Patient.class, new IdType("Patient", pathway.patientId()));
    Referable.require(patient, identity.of(patient), LocalDate.now(clock));
    records.triggeredBy(new Trigger(referralId, behalf.agent(sender, pathway.patientId())));
    PathwayRecord record =
        records.begin(pathway.header(content.canonical()), List.of(patient, referral));
    new FirstResources(pathway, content, now).all().forEach(r -> record.write(ELEMENT, r));
    events.publishEvent(new PathwayStarted(pathway, records.trigger()));
    engine.start(content.key(), content.version(), id, Map.of("priority", 0L));
  }
}
