package org.carepathway.outreach;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Wait;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.scenario.Scenarios;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** Patients who go side by side to an appointment of which they are reminded, by text or mail. */
final class RemindedPatients {

  private static final Path COURSE = Path.of("bpmn/vertebroplasty/scenarios/happy-path.yaml");

  /** Who has nothing on file that turns the course. */
  private static final List<String> FILES =
      List.of("klein-genevie.json", "kiehn-josue.json", "torp-carol.json", "boehm-cassaundra.json");

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final FhirClient fhir;
  private final Pathways pathways;
  private final Records records;
  private final Worklist worklist;
  private final ScenarioPlayer player;
  private final ServiceClock clock;
  private final TransactionTemplate transaction;
  private final List<Reminded> all = new ArrayList<>();

  /** Of whom the half with an odd number is written to by mail. */
  record Reminded(int number, String patient, UUID pathway) {

    boolean byMail() {
      return number % 2 == 1;
    }
  }

  RemindedPatients(ApplicationContext service, int port) {
    fhir = new FhirClient(port);
    pathways = service.getBean(Pathways.class);
    records = service.getBean(Records.class);
    worklist = service.getBean(Worklist.class);
    player = service.getBean(ScenarioPlayer.class);
    clock = service.getBean(ServiceClock.class);
    transaction = service.getBean(TransactionTemplate.class);
  }

  List<Reminded> all() {
    return all;
  }

  /** Books all of them for noon of a day; returns that time. */
  Instant book(int count, int days) throws Exception {
    refer(count);
    for (Scenario.Step step : Scenarios.parse(Files.readString(COURSE)).steps()) {
      if (step instanceof Wait wait) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        clock.advance(Duration.between(now, now.plus(wait.time())));
      } else if (step instanceof Answer answer) {
        all.forEach(each -> play(each, answer));
        if (answer.task().equals("BookProcedure")) {
          break;
        }
      }
    }
    Instant start = ZonedDateTime.now(clock).with(LocalTime.NOON).plusDays(days).toInstant();
    all.forEach(each -> move(each, start));
    return start;
  }

  private void refer(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      String patient = fhir.sendPatient(FILES.get(i % FILES.size()));
      Patient known = fhir.as("ehr").read().resource(Patient.class).withId(patient).execute();
      known
          .addTelecom()
          .setSystem(ContactPointSystem.EMAIL)
          .setValue("p%d@example.org".formatted(i));
      fhir.as("ehr").update().resource(known).execute();
      String referral = fhir.refer(patient).getIdElement().getIdPart();
      all.add(new Reminded(i, patient, pathways.ofReferral(referral).orElseThrow().id()));
    }
  }

  private void play(Reminded who, Answer step) {
    await(step.task())
        .atMost(PATIENCE)
        .until(
            () ->
                worklist.ofPathway(who.pathway()).stream()
                    .anyMatch(item -> item.isOpen() && item.element().equals(step.task())));
    Map<String, Object> answers = new HashMap<>(step.answers());
    if (step.task().equals("BookProcedure")) {
      answers.put("reminder", who.byMail() ? "reminder-mail" : "reminder-sms");
      for (String place : List.of("room", "recovery-bay", "operator", "sedation-nurse")) {
        answers.put(place, answers.get(place) + " " + who.number());
      }
    }
    player.play(who.pathway(), new Answer(step.task(), answers, step.confirm(), step.refused()));
  }

  private void move(Reminded who, Instant start) {
    transaction.executeWithoutResult(
        status -> {
          records.triggeredBy(new Trigger("test/" + UUID.randomUUID(), Agent.SERVICE));
          OpenPathway open = pathways.open(who.pathway());
          Appointment booked =
              open.record().ofTypes(Set.of("Appointment")).stream()
                  .map(Appointment.class::cast)
                  .findFirst()
                  .orElseThrow()
                  .copy();
          booked.setStart(Date.from(start)).setEnd(Date.from(start.plus(Duration.ofHours(1))));
          open.record().write("BookProcedure", booked);
        });
  }
}
