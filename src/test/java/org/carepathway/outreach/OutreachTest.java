package org.carepathway.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.carepathway.RunningService;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Messages and links of patients: what leaves, what does not, and what is never lost. */
class OutreachTest extends RunningService {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock clock;
  @Autowired private Dispatch dispatch;
  @Autowired private MessageRows rows;
  @Autowired private Matters matters;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;

  @Autowired
  @Qualifier("shownSms")
  private ShownCarrier texts;

  @Autowired
  @Qualifier("shownMail")
  private ShownCarrier mails;

  @Autowired private ContactLadder ladder;

  private FhirClient fhir;
  private String patient;
  private UUID pathway;
  private WorkItem contact;
  private String token;

  private void ask(String file) throws Exception {
    fhir = new FhirClient(port());
    patient = fhir.sendPatient(file);
    String referral = fhir.refer(patient).getIdElement().getIdPart();
    pathway = pathways.ofReferral(referral).orElseThrow().id();
    AskedPatient asked = new AskedPatient(pathway, player, worklist, clock, jdbc);
    contact = asked.travelTo("ContactAt2Weeks", List.of("sms"));
    asked.toTheMorning();
    token = AskedPatient.token(texts, jdbc, contact.id());
  }

  /** Somebody calls while the patient writes: both are kept, and the alarm is heard. */
  @Test
  void answersBesideThoseOfStaffAreKeptAndJudged() throws Exception {
    ask("klein-genevie.json");

    assertThat(worklist.find(contact.id()).standing().snooze()).as("nobody calls yet").isNotNull();
    HttpResponse<String> first = get("");
    assertThat(first.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(first.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(first.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'");
    assertThat(first.headers().firstValue("Set-Cookie")).as("no session").isEmpty();
    String cookie = tellBirth();
    assertThat(get("", "Cookie", cookie).body()).contains("How are you?");

    player.play(pathway, happyAnswer("ContactAt2Weeks"));
    assertThat(get("").body()).contains("Thank you");
    HttpResponse<String> sent = post("", answers(true), "Cookie", cookie);

    assertThat(sent.statusCode()).as(problems(sent.body())).isEqualTo(200);
    assertThat(sent.body()).contains("Get help now").contains("112");
    Task task =
        fhir.as("nurse").read().resource(Task.class).withId(contact.id().toString()).execute();
    assertThat(task.getOutput()).as("both are shown").hasSize(2);
    assertThat(post("", answers(true), "Cookie", cookie).body())
        .as("told again: the first answer may have been lost on its way")
        .contains("Get help now");
    assertThat(worklist.ofPathway(pathway))
        .anyMatch(item -> item.isOpen() && item.element().equals("ActOnRedFlag"));
    WorkItem alarm =
        worklist.ofPathway(pathway).stream()
            .filter(item -> item.isOpen() && item.element().equals("ActOnRedFlag"))
            .findFirst()
            .orElseThrow();
    await()
        .untilAsserted(
            () ->
                assertThat(mails.shown())
                    .anySatisfy(
                        mail -> {
                          assertThat(mail.address()).isEqualTo("on-call@example.org");
                          assertThat(mail.text()).endsWith("/tasks/" + alarm.id());
                        }));
    assertThat(
            jdbc.queryForObject(
                "select count(*) from audit_event where about like '%' || ? || '%' or body like '%' || ? || '%'",
                Integer.class, token, token))
        .as("the token is in no audit")
        .isZero();
  }

  @Test
  void fiveWrongDatesLockTheLinkAndAPersonCalls() throws Exception {
    ask("kiehn-josue.json");
    for (int i = 1; i <= 5; i++) {
      HttpResponse<String> wrong = post("/birth", Map.of("day", "1", "month", "1", "year", "1900"));
      assertThat(wrong.statusCode()).isEqualTo(403);
      assertThat(wrong.body()).contains(i < 5 ? "not the date" : "locked");
    }
    Patient known = fhir.as("nurse").read().resource(Patient.class).withId(patient).execute();
    assertThat(post("/birth", birth(known)).body())
        .as("the right one, too late")
        .contains("locked");
    assertThat(worklist.find(contact.id()).standing().snooze()).as("the call is back").isNull();
    assertThat(worklist.ofPathway(pathway))
        .as("the coordinator is told")
        .filteredOn(item -> item.element().equals("SettleContact"))
        .extracting(WorkItem::role)
        .containsExactly("coordinator");

    assertThat(send("GET", "/link/AAAAAAAAAAAAAAAAAAAAAAAA", null).statusCode()).isEqualTo(404);

    // A message that waits is stopped by a death that is told while it is about to leave.
    UUID waiting = waiting(clock.instant().plus(java.time.Duration.ofDays(1)));
    CompletableFuture<Void> leaving = new CompletableFuture<>();
    transaction.executeWithoutResult(
        status -> {
          pathways.open(pathway);
          dueNow(waiting);
          new Thread(
                  () -> {
                    while (dispatch.next()) {
                      Thread.yield();
                    }
                    leaving.complete(null);
                  })
              .start();
          sleep();
          assertThat(rows.find(waiting).orElseThrow().state()).isEqualTo(MessageState.CLAIMED);
          assertThat(links(waiting)).as("who gets it can open it at once").isEqualTo(1);
          jdbc.update(
              "update pathway set status = 'cancelled', outcome = 'died' where id = ?", pathway);
        });
    leaving.join();
    assertThat(rows.find(waiting).orElseThrow().state()).isEqualTo(MessageState.STOPPED);
    assertThat(rows.find(waiting).orElseThrow().said()).contains("ended");
  }

  /** One reminder a window, also where two replicas look at once, and then a person calls. */
  @Test
  void remindsOnceAndThenAPersonCalls() throws Exception {
    ask("klein-genevie.json");
    String about = contact.id().toString();

    clock.advance(java.time.Duration.ofHours(72));
    CompletableFuture<Void> other = CompletableFuture.runAsync(ladder::run);
    ladder.run();
    other.join();
    await()
        .untilAsserted(
            () ->
                assertThat(rows.about(about))
                    .extracting(Message::rung, Message::state)
                    .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, MessageState.HANDED_OVER),
                        org.assertj.core.groups.Tuple.tuple(2, MessageState.HANDED_OVER)));
    assertThat(worklist.find(contact.id()).standing().snooze()).isNotNull();
    assertThat(get("").statusCode()).as("the first link is good, too").isEqualTo(200);

    UUID late = waiting(clock.instant().plus(java.time.Duration.ofDays(4)));
    clock.advance(java.time.Duration.ofHours(72));
    await()
        .untilAsserted(
            () -> assertThat(matters.find(about).orElseThrow().next()).as("nothing more").isNull());
    assertThat(rows.about(about)).hasSize(3);
    assertThat(rows.find(late).orElseThrow().said()).isEqualTo("It did not leave in time.");
    assertThat(worklist.find(contact.id()).standing().at(clock.instant()).snooze())
        .as("a person calls")
        .isNull();
  }

  @Test
  void aDeathStopsWhatWaitsAndClosesTheLink() throws Exception {
    ask("kiehn-josue.json");
    await()
        .untilAsserted(
            () ->
                assertThat(rows.about(contact.id().toString()))
                    .extracting(Message::state)
                    .containsExactly(MessageState.HANDED_OVER));
    Communication told =
        fhir.as("nurse")
            .read()
            .resource(Communication.class)
            .withId(rows.about(contact.id().toString()).get(0).id().toString())
            .execute();
    assertThat(told.getStatus()).isEqualTo(Communication.CommunicationStatus.INPROGRESS);
    assertThat(told.hasPayload()).isFalse();
    UUID waiting = waiting(clock.instant().plus(java.time.Duration.ofDays(1)));

    Patient dead = fhir.as("ehr").read().resource(Patient.class).withId(patient).execute();
    dead.setDeceased(new DateTimeType(Date.from(clock.instant())));
    fhir.as("ehr").update().resource(dead).execute();

    assertThat(rows.find(waiting).orElseThrow().state()).isEqualTo(MessageState.STOPPED);
    assertThat(rows.find(waiting).orElseThrow().said()).isEqualTo("The task is left out.");
    assertThat(matters.find(contact.id().toString()).orElseThrow().isOpen()).isFalse();
    HttpResponse<String> gone = get("");
    assertThat(gone.statusCode()).isEqualTo(410);
    assertThat(gone.body()).contains("cannot be used any more").doesNotContain("died");
  }

  /** A further message about the contact, by a channel that is not set up. */
  private UUID waiting(Instant due) {
    UUID id = UUID.randomUUID();
    rows.add(
        new Message(
            id,
            Message.Purpose.QUESTION,
            pathway,
            patient,
            contact.element(),
            contact.id().toString(),
            9,
            Channel.LETTER,
            "nowhere",
            java.util.Locale.ENGLISH,
            due,
            MessageState.WAITING,
            0,
            null,
            null));
    return id;
  }

  /** Those that others see. */
  private int links(UUID message) {
    return CompletableFuture.supplyAsync(
            () ->
                jdbc.queryForObject(
                    "select count(*) from outreach_link where message = ?", Integer.class, message))
        .join();
  }

  /** In a transaction of its own. */
  private void dueNow(UUID message) {
    CompletableFuture.runAsync(
            () ->
                jdbc.update(
                    "update outreach_message set due_at = ? where id = ?",
                    java.sql.Timestamp.from(clock.instant()),
                    message))
        .join();
  }

  private static void sleep() {
    try {
      Thread.sleep(1500);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private String tellBirth() throws Exception {
    Patient known = fhir.as("nurse").read().resource(Patient.class).withId(patient).execute();
    HttpResponse<String> told = post("/birth", birth(known));
    assertThat(told.statusCode()).isEqualTo(302);
    String cookie = told.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/link/");
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private static String problems(String page) {
    int begin = page.indexOf("alert-");
    return begin < 0 ? "" : page.substring(begin, Math.min(page.length(), begin + 1500));
  }

  private static Map<String, String> birth(Patient known) {
    String[] date = known.getBirthDateElement().asStringValue().split("-");
    return Map.of("day", date[2], "month", date[1], "year", date[0]);
  }

  private static Answer happyAnswer(String task) throws Exception {
    return HappyPath.scenario().steps().stream()
        .filter(Answer.class::isInstance)
        .map(Answer.class::cast)
        .filter(answer -> answer.task().equals(task))
        .findFirst()
        .orElseThrow();
  }

  /** As the page posts them. */
  private static Map<String, String> answers(boolean weak) {
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("answered-by", "answered-patient");
    answers.put("since-last", "since-nothing");
    answers.put("red-flag-weakness", String.valueOf(weak));
    for (String sign : List.of("numbness", "saddle", "bladder-bowel")) {
      answers.put("red-flag-" + sign, "false");
    }
    answers.put("any-sign", "false");
    answers.put("pain-rest", "2");
    answers.put("pain-activity", "3");
    answers.put("global-change", "global-change-2");
    answers.put("analgesic-use", "analgesic-use-less");
    answers.put("walking", "walking-free");
    answers.put("falls", "0");
    answers.put("confirm-warnings", "true");
    return answers;
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", "/link/" + token + path, null, headers);
  }

  private HttpResponse<String> post(String path, Map<String, String> fields, String... headers)
      throws Exception {
    return send("POST", "/link/" + token + path, fields, headers);
  }

  private HttpResponse<String> send(
      String method, String path, Map<String, String> fields, String... headers) throws Exception {
    String body =
        fields == null
            ? ""
            : fields.entrySet().stream()
                .map(
                    f -> f.getKey() + '=' + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
            .header("Accept-Language", "en")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
