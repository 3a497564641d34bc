package org.carepathway.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.carepathway.outreach.OpenedLink.well;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.carepathway.RunningService;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.hl7.FeedPort;
import org.carepathway.mllp.MllpClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** F4 and F5: the patient's link against staff, other phones, time and newer content. */
class LinkAgainstTimeTest extends RunningService {

  private static final String SYSTEM = "https://carepathway.org/fhir/hl7v2/authority/HOSPITAL";
  private static final String WEAK = "red-flag-weakness";
  private static final String ALARM = "Get help now";
  private static final String NOT_KEPT = "Your answers were not kept";

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock clock;
  @Autowired private Matters matters;
  @Autowired private ApplicationContext context;
  @Autowired private JdbcTemplate jdbc;

  @Autowired
  @Qualifier("shownSms")
  private ShownCarrier texts;

  private FhirClient fhir;
  private Patient known;
  private UUID pathway;
  private AskedPatient asked;
  private WorkItem contact;
  private OpenedLink phone;

  private void ask(String file) throws Exception {
    fhir = new FhirClient(port());
    String patient = fhir.sendPatient(file);
    String referral = fhir.refer(patient).getIdElement().getIdPart();
    pathway = pathways.ofReferral(referral).orElseThrow().id();
    asked = new AskedPatient(pathway, player, worklist, clock, jdbc);
    contact = asked.travelTo("ContactAt2Weeks", List.of("sms"));
    asked.toTheMorning();
    known = fhir.as("nurse").read().resource(Patient.class).withId(patient).execute();
    phone = another("en");
  }

  private OpenedLink another(String language) throws Exception {
    OpenedLink other =
        new OpenedLink(port(), AskedPatient.token(texts, jdbc, contact.id()), language);
    assertThat(other.born(known).statusCode()).isEqualTo(302);
    return other;
  }

  /** A patient and a daughter at once; the answer to each may be lost on its way. */
  @Test
  void twoPhonesAtOnceAndWhatIsSentTwice() throws Exception {
    ask("klein-genevie.json");
    OpenedLink daughter = another("es");
    assertThat(phone.open().body()).as("the first is not shut out").contains("How are you?");

    CompletableFuture<String> twice = CompletableFuture.supplyAsync(() -> said(phone, well()));
    assertThat(said(phone, well())).contains("Thank you").doesNotContain(ALARM);
    assertThat(twice.join()).contains("Thank you").doesNotContain(ALARM);
    assertThat(kept()).as("a double click").hasSize(1);

    Map<String, String> calmer = well("pain-rest", "1");
    assertThat(said(phone, calmer)).as("back, and changed").contains("Thank you");
    assertThat(said(phone, calmer)).doesNotContain(ALARM);
    assertThat(kept()).hasSize(2);
    assertThat(alarms()).isZero();

    Map<String, String> weak = well(WEAK, "true");
    assertThat(said(daughter, weak)).contains("Busque ayuda");
    assertThat(said(daughter, weak)).as("sent again").contains("Busque ayuda");
    assertThat(kept()).as("each once").hasSize(3);
    assertThat(alarms()).isEqualTo(1);
    assertThat(daughter.open().body()).as("loaded again").contains("Busque ayuda");
    assertThat(phone.open().body()).contains(ALARM);
    OpenedLink stranger =
        new OpenedLink(port(), AskedPatient.token(texts, jdbc, contact.id()), "en");
    assertThat(stranger.open().body()).contains("Thank you").doesNotContain(ALARM);
    assertThat(stranger.draft(weak).statusCode()).isEqualTo(403);
    HttpResponse<String> unknown = stranger.answer(well("falls", "3"));
    assertThat(unknown.statusCode()).isEqualTo(410);
    assertThat(unknown.body()).as("not thanked for what is lost").contains(NOT_KEPT);
    assertThat(stranger.answer(well("falls", "2")).statusCode()).isEqualTo(410);
    assertThat(kept()).hasSize(3);
    assertThat(toCall()).as("somebody calls for it, once").isEqualTo(1);
  }

  private long toCall() {
    return worklist.ofPathway(pathway).stream()
        .filter(item -> item.isOpen() && item.form().startsWith("contact-trouble|"))
        .count();
  }

  /** In the last minute, and when the window and two hours more are over. */
  @Test
  void whatIsSentLateIsKeptWhileThePathwayGoesOn() throws Exception {
    ask("kiehn-josue.json");
    Duration left = Duration.between(clock.instant(), ends());
    asked.pass(left.minusMinutes(1));
    assertThat(phone.draft(well()).statusCode())
        .as("the proof has run out on the way")
        .isEqualTo(403);
    phone.born(known);
    assertThat(phone.draft(well("falls", "4")).statusCode()).isEqualTo(204);
    assertThat(another("en").open().body()).as("goes on elsewhere").contains("value=\"4\"");
    asked.pass(Duration.ofMinutes(2));
    assertThat(phone.open().statusCode()).isEqualTo(410);
    assertThat(phone.draft(well()).statusCode()).isEqualTo(409);
    assertThat(said(phone, well(WEAK, "true"))).as("late, and heard").contains(ALARM);
    assertThat(kept()).hasSize(1);
    assertThat(worklist.find(contact.id()).isOpen()).as("nobody calls for the same").isFalse();
  }

  /** The questions are those of the content with which the patient came, a draft likewise. */
  @Test
  void answersAreReadByTheContentWithWhichThePathwayBegan() throws Exception {
    ask("torp-carol.json");
    assertThat(phone.draft(well("pain-rest", "5")).statusCode()).isEqualTo(204);
    beginWith("0.0.1", "Asked in 0.0.1?");
    try {
      assertThat(phone.open().body()).contains("Asked in 0.0.1?");
      HttpResponse<String> wrong = phone.answer(well("walking", "walking-since-1.0.0"));
      assertThat(wrong.statusCode()).as("an option of none of them").isEqualTo(422);
      assertThat(wrong.body()).contains("Asked in 0.0.1?");
      assertThat(said(phone, well())).contains("Thank you");
      assertThat(kept().get(0).getQuestionnaire()).endsWith("|1.0.0");
    } finally {
      jdbc.update("update pathway set version = '1.0.0' where id = ?", pathway);
      jdbc.update("delete from pathway_content where version = '0.0.1'");
    }
  }

  /** As if the pathway had begun with an older version, in which a question had other words. */
  private void beginWith(String version, String words) {
    jdbc.update(
        """
        insert into pathway_content (pathway_key, version, path, sha256, body)
        select pathway_key, ?, path, sha256,
               case when path like '%Questionnaire/follow-up.json'
                    then replace(body, 'How bad is your back pain when you rest?', ?)
                    else body end
        from pathway_content c
        where (pathway_key, version) = (select pathway_key, version from pathway where id = ?)""",
        version, words, pathway);
    jdbc.update("update pathway set version = ? where id = ?", version, pathway);
  }

  /** The record is another's meanwhile; then the patient dies. */
  @Test
  void aMergeLosesNothingAndADeathTakesNothing() throws Exception {
    ask("klein-genevie.json");
    String number = "L" + UUID.randomUUID().toString().substring(0, 8);
    known.addIdentifier().setSystem(SYSTEM).setValue(number);
    fhir.as("referrer").update().resource(known).execute();
    try (MllpClient feed = new MllpClient(FeedPort.of(context, "ehr"))) {
      assertThat(
              feed.send(
                  "MSH|^~\\&|EHR|HOSPITAL|CP|S|20261129120000+0100||ADT^A40|%s|P|2.5\rEVN|A40\rPID|1||S%s^^^HOSPITAL^MR||Sample^Same\rMRG|%s^^^HOSPITAL^MR\r"
                      .formatted(number, number, number)))
          .contains("MSA|AA|");
    }
    await()
        .untilAsserted(
            () ->
                assertThat(now().getIdentifier())
                    .extracting(Identifier::getValue)
                    .contains("S" + number));
    assertThat(phone.open().body()).contains("How are you?");
    assertThat(phone.draft(well()).statusCode()).isEqualTo(204);

    Patient dead = now();
    dead.setDeceased(new DateTimeType(Date.from(clock.instant())));
    fhir.as("ehr").update().resource(dead).execute();
    assertThat(phone.draft(well()).statusCode()).isEqualTo(409);
    HttpResponse<String> sent = phone.answer(well(WEAK, "true"));
    assertThat(sent.statusCode()).isEqualTo(410);
    assertThat(sent.body()).contains(NOT_KEPT).doesNotContain("died");
    assertThat(phone.open().statusCode()).isEqualTo(410);
    assertThat(kept()).isEmpty();
    assertThat(alarms()).isZero();
    assertThat(toCall()).isZero();
  }

  private Patient now() {
    return fhir.as("ehr")
        .read()
        .resource(Patient.class)
        .withId(known.getIdElement().getIdPart())
        .execute();
  }

  private Instant ends() {
    return matters.find(contact.id().toString()).orElseThrow().ends();
  }

  private static String said(OpenedLink phone, Map<String, String> answers) {
    try {
      HttpResponse<String> answer = phone.answer(answers);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    } catch (Exception fault) {
      throw new IllegalStateException(fault);
    }
  }

  private List<QuestionnaireResponse> kept() {
    return fhir
        .as("nurse")
        .read()
        .resource(Task.class)
        .withId(contact.id().toString())
        .execute()
        .getOutput()
        .stream()
        .map(output -> ((Reference) output.getValue()).getReferenceElement().getIdPart())
        .map(
            id ->
                fhir.as("nurse").read().resource(QuestionnaireResponse.class).withId(id).execute())
        .toList();
  }

  private long alarms() {
    return worklist.ofPathway(pathway).stream()
        .filter(item -> item.isOpen() && item.element().equals("ActOnRedFlag"))
        .count();
  }
}
