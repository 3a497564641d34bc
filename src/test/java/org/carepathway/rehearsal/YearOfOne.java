package org.carepathway.rehearsal;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.carepathway.outreach.OutreachStage;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Wait;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;

/** One patient from the referral through a year of follow-up, with chance from one number. */
final class YearOfOne {

  private static final Path COURSE = Path.of("bpmn/vertebroplasty/scenarios/happy-path.yaml");
  private static final Path PATIENT = Path.of("src/test/resources/patients/boehm-cassaundra.json");
  private static final Path REFERRAL = Path.of("src/main/resources/demo/referral.json");
  private static final LocalDateTime BEGIN = LocalDateTime.of(2026, 11, 2, 9, 0);
  private static final Duration YEAR = Duration.ofDays(400);

  private final YearScene scene;
  private final Records records;
  private final YearPatient patient;
  private final YearStaff staff;

  private YearOfOne(YearScene scene, Records records) {
    this.scene = scene;
    this.records = records;
    patient = new YearPatient(scene);
    staff = new YearStaff(scene, patient);
  }

  /**
   * @param seed number of the patient, from which all chance follows
   */
  static void travel(
      Rehearsal stage,
      OutreachStage outreach,
      Records records,
      UsualAnswers usual,
      YearFigures figures,
      long seed)
      throws Exception {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    ServiceRequest referral = read(ServiceRequest.class, Files.readString(REFERRAL));
    referral.getIdentifierFirstRep().setValue(UUID.randomUUID().toString());
    // Another day each, so that weekends fall into other windows.
    Instant begin = BEGIN.plusDays(random.nextInt(28)).atZone(stage.clock.getZone()).toInstant();
    Journey journey = new Journey(stage, begin, patient(), referral);
    try {
      outreach.begin(seed);
      YearScene scene =
          new YearScene(
              stage, outreach, usual, figures, journey, random, "patient %d".formatted(seed));
      new YearOfOne(scene, records).live();
    } finally {
      journey.end();
      stage.clock.end();
      stage.store.clear();
    }
  }

  private void live() throws Exception {
    for (Scenario.Step step : ScenarioRun.read(COURSE).steps()) {
      if (step instanceof Wait wait) {
        until(scene.journey.now().plus(wait.time()).toInstant(), false);
      } else if (step instanceof Answer answer) {
        if (answer.task().equals("ReferToBoneHealth")) {
          break;
        }
        scene.journey.answer(agreed(answer));
        if (answer.task().equals("BookProcedure")) {
          move();
        }
      }
    }
    patient.mayDie();
    until(scene.now().plus(YEAR), true);
    new YearRules(scene, patient).judge();
  }

  /**
   * Time passes; whatever is due on the way happens when it is due.
   *
   * @param home whether patient and staff act by themselves
   */
  private void until(Instant end, boolean home) {
    for (Instant next = scene.now(); next != null; next = next(end)) {
      scene.journey.pass(Duration.between(scene.now(), next));
      scene.act();
      scene.stage.store.takeWritten();
      scene.outreach.run();
      if (home && scene.isActive()) {
        scene.outreach.left().forEach(patient::hear);
        staff.look();
      }
    }
    scene.journey.pass(Duration.between(scene.now(), end));
  }

  private Instant next(Instant end) {
    Instant message = scene.outreach.next();
    if (message != null && !message.isAfter(scene.now())) {
      throw new IllegalStateException("a message is due and does not leave");
    }
    return Stream.of(scene.journey.nextTimer(), message, scene.nextPlan())
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .filter(at -> at.isBefore(end))
        .map(at -> at.isAfter(scene.now()) ? at : scene.now().plusSeconds(1))
        .orElse(null);
  }

  private Answer agreed(Answer given) {
    Map<String, Object> answers = new HashMap<>(given.answers());
    switch (given.task()) {
      case "Discharge" ->
          answers.put(
              "contact-by", patient.isByLetter() ? List.of("letter") : List.of("sms", "mail"));
      case "BookProcedure" ->
          answers.put("reminder", patient.isByLetter() ? "reminder-letter" : "reminder-sms");
      default -> {
        return given;
      }
    }
    return new Answer(given.task(), answers, given.confirm(), given.refused());
  }

  /** As other systems do; the last time is that of the booking, so that the course goes on. */
  private void move() {
    Instant start = appointment().getStart().toInstant();
    int moves = scene.random.nextInt(4);
    for (int i = 1; i <= moves; i++) {
      move(start.plus(Duration.ofDays(i)));
    }
    if (moves > 0) {
      move(start);
      scene.figures.count("appointments moved, times", moves + 1);
    }
  }

  private void move(Instant start) {
    scene.stage.transaction.executeWithoutResult(
        status -> {
          records.triggeredBy(new Trigger("year/" + UUID.randomUUID(), Agent.SERVICE));
          OpenPathway open = scene.stage.pathways.open(scene.journey.pathwayId());
          String id = appointment().getIdElement().getIdPart();
          Appointment moved = open.record().get(Appointment.class, id).copy();
          moved.setStart(Date.from(start)).setEnd(Date.from(start.plus(Duration.ofHours(1))));
          open.record().write("BookProcedure", moved);
        });
    scene.stage.clock.tick();
  }

  private Appointment appointment() {
    return scene.journey.record().stream()
        .filter(Appointment.class::isInstance)
        .map(Appointment.class::cast)
        .filter(each -> each.getStatus() == AppointmentStatus.BOOKED)
        .findFirst()
        .orElseThrow();
  }

  private static Bundle patient() throws Exception {
    Bundle bundle = read(Bundle.class, ScenarioRun.fresh(Files.readString(PATIENT)));
    Patient patient = Journey.patient(bundle);
    patient.addTelecom().setSystem(ContactPointSystem.EMAIL).setValue("patient@example.org");
    patient.addTelecom().setSystem(ContactPointSystem.PHONE).setValue("+1 555 0100");
    return bundle;
  }

  private static <T extends Resource> T read(Class<T> type, String text) {
    return FhirContext.forR4Cached().newJsonParser().parseResource(type, text);
  }
}
