package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.ical.BookedEvent;
import org.carepathway.ical.BookedEventRows;
import org.carepathway.mllp.MllpClient;
import org.carepathway.outreach.AskedPatient;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.AnswerSheets;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * F2: by whatever way a death is told, what waits does not leave, links end, tasks go, and the time
 * that was booked is free. OutreachTest tells it by the FHIR door.
 */
class EveryWayOfDyingTest extends RunningService {

  private static final String SYSTEM = "https://carepathway.org/fhir/hl7v2/authority/HOSPITAL";

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock clock;
  @Autowired private AnswerSheets sheets;
  @Autowired private BookedEventRows events;
  @Autowired private Hl7Feeds feeds;
  @Autowired private JdbcTemplate jdbc;

  private final String number = "D" + UUID.randomUUID().toString().substring(0, 8);
  private FhirClient fhir;
  private String patient;
  private UUID pathway;
  private String appointment;

  @Test
  void toldByStaff() throws Exception {
    book("klein-genevie.json");
    QuestionnaireResponse first = fhir.populateEvent("coordinator", plan(), "PatientDied");
    Parameters report = new Parameters();
    report.addParameter("event", "PatientDied");
    report.addParameter("confirm", new BooleanType(true));
    report
        .addParameter()
        .setName("response")
        .setResource(
            sheets.fill(
                form(first.getQuestionnaire()),
                first,
                Map.of(
                    "date-of-death", "@today",
                    "place", "place-home",
                    "related", "related-unknown",
                    "told-by", "told-family")));
    fhir.as("coordinator")
        .operation()
        .onInstance(plan())
        .named("$report")
        .withParameters(report)
        .returnResourceType(CarePlan.class)
        .execute();
    allIsOver();
  }

  @Test
  void toldByAnUpdateOfTheFeed() throws Exception {
    book("kiehn-josue.json");
    try (MllpClient feed = new MllpClient(feeds.port("ehr").number())) {
      assertThat(feed.send(message("A08", number, "|".repeat(22) + "Y\r"))).contains("MSA|AA|");
    }
    allIsOver();
  }

  /** PID-30 is silent, and only the disposition (table 0112) says how the stay ended. */
  @Test
  void toldByTheEndOfAStay() throws Exception {
    book("kiehn-josue.json");
    try (MllpClient feed = new MllpClient(feeds.port("ehr").number())) {
      assertThat(feed.send(message("A03", number, "\r" + stay("1", "01")))).contains("MSA|AA|");
      assertThat(feed.send(message("A03", number + "x", number, "\r" + stay("2", "20"))))
          .contains("MSA|AA|");
    }
    allIsOver();
  }

  private String stay(String visit, String disposition) {
    return "PV1|1|I|W1" + "|".repeat(16) + number + visit + "|".repeat(17) + disposition + "\r";
  }

  /** The record that is given up knows of the death, and the one on the pathway does not. */
  @Test
  void toldByAMergeWithARecordOfTheDead() throws Exception {
    book("torp-carol.json");
    Patient other = new Patient();
    other.addIdentifier().setSystem(SYSTEM).setValue("S" + number);
    other.addName().setFamily("Sample").addGiven("Same");
    other.setDeceased(new BooleanType(true));
    fhir.as("ehr").create().resource(other).execute();
    try (MllpClient feed = new MllpClient(feeds.port("ehr").number())) {
      String merge = message("A40", "S" + number, "\rMRG|" + number + "^^^HOSPITAL^MR\r");
      assertThat(feed.send(merge)).contains("MSA|AA|");
    }
    allIsOver();
  }

  private void book(String file) throws Exception {
    fhir = new FhirClient(port());
    patient = fhir.sendPatient(file);
    Patient known = fhir.as("referrer").read().resource(Patient.class).withId(patient).execute();
    known.addIdentifier().setSystem(SYSTEM).setValue(number);
    fhir.as("referrer").update().resource(known).execute();
    String referral = fhir.refer(patient).getIdElement().getIdPart();
    pathway = pathways.ofReferral(referral).orElseThrow().id();
    AskedPatient asked = new AskedPatient(pathway, player, worklist, clock, jdbc);
    asked.travelTo("PrepareForProcedure", List.of("sms"));
    BookedEvent booked = events.ahead(pathway, clock.instant()).orElseThrow();
    appointment = booked.appointment();
    assertThat(claims()).as("the time is taken").isPositive();
    remind();
  }

  private void allIsOver() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(now().outcome()).isEqualTo("died"));
    assertThat(claims()).as("free in the same transaction").isZero();
    assertThat(states()).as("what waited").containsExactly("stopped");
    assertThat(count("outreach_matter where state = 'open' and pathway = ?")).isZero();
    assertThat(events.find(appointment).orElseThrow().cancelled()).isTrue();
    assertThat(
            fhir.as("nurse")
                .read()
                .resource(Appointment.class)
                .withId(appointment)
                .execute()
                .getStatus())
        .isEqualTo(Appointment.AppointmentStatus.CANCELLED);
    assertThat(worklist.ofPathway(pathway)).noneMatch(item -> item.isOpen());
    clock.advance(Duration.ofDays(40));
    assertThat(states()).as("nothing leaves afterwards").containsExactly("stopped");
  }

  private Pathway now() {
    return pathways.view(pathway).orElseThrow().pathway();
  }

  private int claims() {
    return jdbc.queryForObject(
        "select count(*) from capacity_claim where appointment = ?", Integer.class, appointment);
  }

  /** A reminder that is written and has not left. */
  private void remind() {
    jdbc.update(
        """
        insert into outreach_message (id, purpose, pathway, patient, element, about, rung, channel, address,
                                      language, due_at, state)
        select ?, purpose, pathway, patient, element, about, 9, 'sms', '+1 555 0100', 'en', ?, 'waiting'
        from outreach_matter where pathway = ? and state = 'open'""",
        UUID.randomUUID(),
        Timestamp.from(clock.instant().plus(Duration.ofDays(2))),
        pathway);
    assertThat(states()).containsExactly("waiting");
  }

  private List<String> states() {
    return jdbc.queryForList(
        "select state from outreach_message where purpose <> 'alarm' and pathway = ?",
        String.class,
        pathway);
  }

  private int count(String rows) {
    return jdbc.queryForObject("select count(*) from " + rows, Integer.class, pathway);
  }

  private String message(String event, String subject, String more) {
    return message(event, number, subject, more);
  }

  private String message(String event, String id, String subject, String more) {
    return ("MSH|^~\\&|EHR|HOSPITAL|CP|S|20261129120000+0100||ADT^%s|%s-%s|P|2.5\rEVN|%s\rPID|1||%s^^^HOSPITAL^MR||Sample^Same||19481203|F%s")
        .formatted(event, id, event, event, subject, more);
  }

  private IdType plan() {
    return new IdType("CarePlan", now().carePlanId());
  }

  private Questionnaire form(String canonical) {
    String[] url = canonical.split("\\|");
    return FhirClient.resources(
            fhir.as("nurse").search().byUrl("Questionnaire?url=" + url[0] + "&version=" + url[1]),
            Questionnaire.class)
        .get(0);
  }
}
