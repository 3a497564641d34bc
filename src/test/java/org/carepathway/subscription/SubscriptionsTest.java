package org.carepathway.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.fhir.Conformance;
import org.carepathway.outreach.Outgoing;
import org.carepathway.outreach.ShownCarrier;
import org.carepathway.security.Caller;
import org.carepathway.subscription.Receiver.Told;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.UnsignedIntType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A subscriber with a server of its own, and the guide's rules for who tells it. */
class SubscriptionsTest extends RunningService {

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String TOPIC = "https://carepathway.org/fhir/SubscriptionTopic/";

  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;
  @Autowired private Clock clock;
  @Autowired private Conformance conformance;
  @Autowired private EventRows rows;
  @Autowired private SubscriptionTurns turns;
  @Autowired private SealedBefore before;
  @Autowired private Alerts alerts;
  @Autowired private List<ShownCarrier> carriers;

  private Receiver receiver;
  private FhirClient fhir;
  private Caller ehr;
  private String patient;

  @BeforeEach
  void begin() throws Exception {
    receiver = new Receiver();
    fhir = new FhirClient(port());
    ehr = new Caller(port(), "ehr");
    patient = fhir.sendPatient("hammes-wilhemina.json");
  }

  @AfterEach
  void end() {
    jdbc.update("delete from subscription where body like ?", '%' + receiver.address() + '%');
    receiver.close();
  }

  private Subscription wanted(String topic, String content) {
    Subscription wanted = new Subscription();
    wanted.setStatus(SubscriptionStatus.REQUESTED).setReason("A test").setCriteria(TOPIC + topic);
    wanted
        .getCriteriaElement()
        .addExtension(
            Backport.FILTER,
            new StringType(
                topic.equals("patient-merge")
                    ? "Patient?_id=" + patient
                    : "patient=Patient/" + patient));
    wanted
        .getChannel()
        .setType(SubscriptionChannelType.RESTHOOK)
        .setEndpoint(receiver.address())
        .setPayload("application/fhir+json")
        .addHeader("X-Secret: between us");
    wanted.getChannel().getPayloadElement().addExtension(Backport.CONTENT, new CodeType(content));
    return wanted;
  }

  private HttpResponse<String> send(String method, String path, Resource body) throws Exception {
    return ehr.fhir(
        method, path, body == null ? null : FHIR.newJsonParser().encodeResourceToString(body));
  }

  private static <T extends Resource> T parse(Class<T> type, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    return FHIR.newJsonParser().parseResource(type, answer.body());
  }

  private Subscription subscribe(Subscription wanted) throws Exception {
    HttpResponse<String> answer = send("POST", "Subscription", wanted);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    Subscription created = parse(Subscription.class, answer);
    assertThat(created.getStatus()).isEqualTo(SubscriptionStatus.REQUESTED);
    stands(id(created), SubscriptionStatus.ACTIVE);
    return created;
  }

  private static String id(Subscription subscription) {
    return subscription.getIdElement().getIdPart();
  }

  private Subscription read(String id) throws Exception {
    return parse(Subscription.class, send("GET", "Subscription/" + id, null));
  }

  private void stands(String id, SubscriptionStatus status) {
    await().atMost(SOON).untilAsserted(() -> assertThat(read(id).getStatus()).isEqualTo(status));
  }

  private Parameters status(String id) throws Exception {
    Bundle all = parse(Bundle.class, send("GET", "Subscription/" + id + "/$status", null));
    assertThat(all.getType()).isEqualTo(BundleType.SEARCHSET);
    assertThat(all.getEntry()).hasSize(1);
    return (Parameters) all.getEntryFirstRep().getResource();
  }

  private static String value(Parameters parameters, String name) {
    return parameters.getParameterValue(name).primitiveValue();
  }

  private List<Long> numbersTold(int atLeast) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(receiver.numbers()).hasSizeGreaterThanOrEqualTo(atLeast));
    return receiver.numbers();
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void anEndpointThatAnswersIsToldOfEachTaskByItsNumber() throws Exception {
    Subscription created = subscribe(wanted("task", "id-only"));
    Told handshake = receiver.of("handshake").get(0);
    assertThat(handshake.value("status")).isEqualTo("requested");
    assertThat(handshake.value("events-since-subscription-start")).isEqualTo("0");
    fhir.refer(fhir.sendPatient("klein-genevie.json"));
    fhir.refer(patient);
    List<Long> numbers = numbersTold(1);
    assertThat(numbers).isEqualTo(upTo(numbers.size()));
    for (Told told : receiver.of("event-notification")) {
      assertThat(told.headers().getFirst("Content-Type")).isEqualTo("application/fhir+json");
      assertThat(told.headers().getFirst("X-Secret")).isEqualTo("between us");
      Bundle bundle = told.bundle();
      assertThat(conformance.validate(bundle).isSuccessful()).isTrue();
      assertThat(bundle.getType()).isEqualTo(BundleType.HISTORY);
      assertThat(bundle.getEntryFirstRep().getRequest().getUrl())
          .endsWith("/Subscription/" + id(created) + "/$status");
      assertThat(bundle.getEntry()).hasSize(1);
      assertThat(told.value("topic")).isEqualTo(TOPIC + "task");
      assertThat(told.value("subscription")).endsWith("/fhir/Subscription/" + id(created));
      told.events().forEach(event -> assertThat(patientOf(event.focus())).isEqualTo(patient));
    }
    assertThat(value(status(id(created)), "events-since-subscription-start"))
        .isEqualTo(String.valueOf(numbers.size()));
  }

  private String patientOf(String task) {
    Task found =
        fhir.as("coordinator")
            .read()
            .resource(Task.class)
            .withId(new IdType(task).getIdPart())
            .execute();
    return found.getFor().getReferenceElement().getIdPart();
  }

  @Test
  void aFullResourceComesWithIt() throws Exception {
    Subscription wanted = wanted("pathway", "full-resource");
    wanted.getChannel().setPayload("application/fhir+xml; fhirVersion=4.0");
    wanted.getChannel().addExtension(Backport.MAX_COUNT, new PositiveIntType(1));
    subscribe(wanted);
    fhir.refer(patient);
    numbersTold(1);
    Told told = receiver.of("event-notification").get(0);
    assertThat(told.headers().getFirst("Content-Type"))
        .isEqualTo("application/fhir+xml; fhirVersion=4.0");
    assertThat(told.events()).hasSize(1);
    Bundle.BundleEntryComponent entry = told.bundle().getEntry().get(1);
    assertThat(entry.getResource().fhirType()).isEqualTo("CarePlan");
    assertThat(entry.getFullUrl()).isEqualTo(told.events().get(0).focus());
    assertThat(entry.getRequest().getUrl()).startsWith("CarePlan");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForObject(
                            "select count(*) from audit_event where patients @> array[?]::text[] and about like 'notification of Subscription/%'",
                            Integer.class, patient))
                    .isPositive());
  }

  @Test
  void anEmptyPayloadNamesNothing() throws Exception {
    Subscription created = subscribe(wanted("task", "empty"));
    fhir.refer(patient);
    numbersTold(1);
    for (Told told : receiver.of("event-notification")) {
      assertThat(told.events()).allMatch(event -> event.focus() == null);
      assertThat(told.value("topic")).isNull();
      assertThat(told.bundle().getEntry()).hasSize(1);
      assertThat(told.body()).doesNotContain("Task/", patient);
    }
    Bundle events =
        parse(
            Bundle.class,
            send("GET", "Subscription/" + id(created) + "/$events?content=id-only", null));
    assertThat(FHIR.newJsonParser().encodeResourceToString(events)).contains("\"Task/");
  }

  @Test
  void anEndpointThatRefusesTheHandshakeIsInError() throws Exception {
    receiver.answers(500);
    Subscription created =
        parse(Subscription.class, send("POST", "Subscription", wanted("task", "id-only")));
    stands(id(created), SubscriptionStatus.ERROR);
    assertThat(read(id(created)).getError()).contains("500");
    assertThat(receiver.all()).hasSize(1);
    // Who connects systems sees it, and no secret of the address; one click asks again.
    Caller integrator = new Caller(port(), "ehr").signIn();
    String page = integrator.page("/feeds").body();
    String row = page.substring(page.indexOf("subscriber-" + id(created)));
    row = row.substring(0, row.indexOf("</tr>"));
    assertThat(row).contains("not reached", "Answered with 500", "http://localhost:");
    assertThat(row).doesNotContain("/told");
    receiver.answers(200);
    integrator.post("/feeds/subscriptions/" + id(created) + "/again", Map.of());
    stands(id(created), SubscriptionStatus.ACTIVE);
    integrator.post("/feeds/subscriptions/" + id(created) + "/off", Map.of());
    stands(id(created), SubscriptionStatus.OFF);
    assertThat(new Caller(port(), "coordinator").signIn().page("/feeds").statusCode())
        .isEqualTo(403);
  }

  @Test
  void whatADeadEndpointMissedCanBeAskedForOnceItIsBack() throws Exception {
    Subscription created = subscribe(wanted("task", "id-only"));
    receiver.answers(503);
    fhir.refer(patient);
    stands(id(created), SubscriptionStatus.ERROR);
    Parameters inError = status(id(created));
    assertThat(value(inError, "status")).isEqualTo("error");
    assertThat(inError.getParameter("error").getValue().toString()).isNotEmpty();
    long missed = Long.parseLong(value(inError, "events-since-subscription-start"));
    assertThat(missed).isPositive();
    // What happens meanwhile is counted too.
    jdbc.update(
        "insert into subscription_event (subscription, focus, created) select subscription, focus, false from subscription_event where subscription = ? limit 1",
        id(created));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(value(status(id(created)), "events-since-subscription-start"))
                    .isEqualTo(String.valueOf(missed + 1)));
    int tries = receiver.all().size();
    receiver.answers(200);
    Subscription again = read(id(created)).setStatus(SubscriptionStatus.REQUESTED);
    again.setError(null);
    assertThat(send("PUT", "Subscription/" + id(created), again).statusCode()).isEqualTo(200);
    stands(id(created), SubscriptionStatus.ACTIVE);
    assertThat(receiver.all().get(tries).type()).isEqualTo("handshake");
    assertThat(receiver.all().get(tries).value("events-since-subscription-start"))
        .isEqualTo(String.valueOf(missed + 1));
    Bundle events =
        parse(
            Bundle.class,
            send(
                "GET",
                "Subscription/"
                    + id(created)
                    + "/$events?eventsSinceNumber=1&eventsUntilNumber="
                    + missed,
                null));
    assertThat(events.getType()).isEqualTo(BundleType.HISTORY);
    Told asked = new Told(null, FHIR.newJsonParser().encodeResourceToString(events), 200);
    assertThat(asked.type()).isEqualTo("query-event");
    assertThat(asked.events()).extracting(Receiver.Event::number).isEqualTo(upTo(missed));
    assertThat(asked.events()).allMatch(event -> event.focus().startsWith("Task/"));
    jdbc.update(
        "insert into subscription_event (subscription, focus, created) select subscription, focus, false from subscription_event where subscription = ? limit 1",
        id(created));
    assertThat(numbersTold(1)).containsExactly(missed + 2);
  }

  @Test
  void whoLostSightOfAPatientIsToldNothingOfThem() throws Exception {
    Subscription created = subscribe(wanted("task", "full-resource"));
    String owner = "south-ehr-" + UUID.randomUUID();
    jdbc.update(
        "insert into subscriber (name, display, roles, teams, by_token, seen_at) values (?, ?, '{integration}', '{south}', true, ?)",
        owner,
        owner,
        Timestamp.from(clock.instant()));
    jdbc.update("update subscription set owner = ? where id = ?", owner, id(created));
    jdbc.update("insert into patient_team (patient_id, team) values (?, 'south/spine')", patient);
    fhir.refer(patient);
    int before = numbersTold(1).size();
    // Somebody else's is not there.
    assertThat(send("GET", "Subscription/" + id(created), null).statusCode()).isEqualTo(404);
    assertThat(send("GET", "Subscription/" + id(created) + "/$status", null).statusCode())
        .isEqualTo(404);
    assertThat(send("DELETE", "Subscription/" + id(created), null).statusCode()).isEqualTo(404);
    await()
        .atMost(SOON)
        .until(
            () ->
                jdbc.queryForObject(
                        "select count(*) from subscription_event where subscription = ? and state = 'new'",
                        Integer.class,
                        id(created))
                    == 0);
    before = receiver.numbers().size();
    jdbc.update("delete from patient_team where patient_id = ? and team = 'south/spine'", patient);
    again(id(created));
    jdbc.update("insert into patient_team (patient_id, team) values (?, 'south/spine')", patient);
    again(id(created));
    List<Long> numbers = numbersTold(before + 1);
    assertThat(numbers).isEqualTo(upTo(before + 1L));
    // One that has a number already, when the right is lost before it is sent.
    receiver.answers(503);
    jdbc.update(
        "insert into subscription_event (subscription, focus, created) select subscription, focus, false from subscription_event where subscription = ? limit 1",
        id(created));
    int tries = receiver.all().size();
    await().atMost(SOON).until(() -> receiver.all().size() > tries);
    jdbc.update("delete from patient_team where patient_id = ? and team = 'south/spine'", patient);
    receiver.answers(200);
    assertThat(numbersTold(before + 2)).isEqualTo(upTo(before + 2L));
    Told last = receiver.all().get(receiver.all().size() - 1);
    assertThat(last.events().get(0).focus()).isNull();
    assertThat(last.bundle().getEntry()).hasSize(1);
    assertThat(last.body()).doesNotContain(patient, "\"Task\"");
  }

  /** The same happens once more, and has had its turn. */
  private void again(String subscription) {
    jdbc.update(
        "insert into subscription_event (subscription, focus, created) select subscription, focus, false from subscription_event where subscription = ? limit 1",
        subscription);
    await()
        .atMost(SOON)
        .until(
            () ->
                jdbc.queryForObject(
                        "select count(*) from subscription_event where subscription = ? and state = 'new'",
                        Integer.class,
                        subscription)
                    == 0);
  }

  @Test
  void whoIsNotKnownAnyMoreIsToldNothing() throws Exception {
    Subscription created = subscribe(wanted("task", "id-only"));
    String owner = "gone-" + UUID.randomUUID();
    jdbc.update(
        "insert into subscriber (name, display, roles, teams, by_token, seen_at) values (?, ?, '{integration}', '{*}', true, now() - interval '400 days')",
        owner,
        owner);
    jdbc.update("update subscription set owner = ? where id = ?", owner, id(created));
    fhir.refer(patient);
    await()
        .atMost(SOON)
        .until(
            () ->
                "error"
                    .equals(
                        jdbc.queryForObject(
                            "select status from subscription where id = ?",
                            String.class,
                            id(created))));
    assertThat(receiver.of("event-notification")).isEmpty();
  }

  @Test
  void numbersHaveNoGapAndNoNumberIsTwoEvents() throws Exception {
    Subscription wanted = wanted("task", "id-only");
    wanted.getChannel().addExtension(Backport.MAX_COUNT, new PositiveIntType(7));
    Subscription created = subscribe(wanted);
    String task = fhir.openTasks(id(fhir.refer(patient))).get(0).getIdElement().getIdPart();
    numbersTold(1);
    AtomicInteger calls = new AtomicInteger();
    // Takes it, fails, and takes it without an answer.
    receiver.answers(() -> new int[] {200, 503, 200, 0}[calls.incrementAndGet() % 4]);
    int writers = 6;
    int each = 20;
    List<Thread> threads =
        java.util.stream.IntStream.range(0, writers)
            .mapToObj(
                n ->
                    new Thread(
                        () -> {
                          for (int i = 0; i < each; i++) {
                            boolean kept = i % 5 != 0;
                            transaction.executeWithoutResult(
                                status -> {
                                  rows.add(id(created), "Task/" + task, false);
                                  if (!kept) {
                                    status.setRollbackOnly();
                                  }
                                });
                          }
                        }))
            .toList();
    long before = count(id(created));
    threads.forEach(Thread::start);
    // A process that dies in its turn: it has begun, and never ends.
    for (int i = 0; i < 3; i++) {
      Thread.sleep(300);
      jdbc.update(
          "update subscription set attempt = attempt + 1, leased_until = now() where id = ?",
          id(created));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long all = before + (long) writers * each * 4 / 5;
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(
                        receiver.of("event-notification").stream()
                            .flatMap(told -> told.events().stream())
                            .map(Receiver.Event::number)
                            .collect(Collectors.toSet()))
                    .hasSize((int) all));
    Set<Receiver.Event> events =
        receiver.of("event-notification").stream()
            .flatMap(told -> told.events().stream())
            .collect(Collectors.toSet());
    assertThat(events)
        .extracting(Receiver.Event::number)
        .containsExactlyInAnyOrderElementsOf(upTo(all));
    assertThat(receiver.of("event-notification")).allMatch(told -> told.events().size() <= 7);
  }

  private long count(String subscription) {
    return jdbc.queryForObject(
        "select count(*) from subscription_event where subscription = ?", Long.class, subscription);
  }

  private static String id(Resource resource) {
    return resource.getIdElement().getIdPart();
  }

  @Test
  void silenceIsToldOf() throws Exception {
    Subscription wanted = wanted("appointment", "id-only");
    wanted.getChannel().addExtension(Backport.HEARTBEAT, new UnsignedIntType(1));
    subscribe(wanted);
    await().atMost(SOON).until(() -> receiver.of("heartbeat").size() >= 2);
    assertThat(receiver.of("heartbeat").get(0).value("status")).isEqualTo("active");
    assertThat(receiver.of("heartbeat").get(0).events()).isEmpty();
    assertThat(receiver.of("event-notification")).isEmpty();
  }

  @Test
  void oneThatEndsIsOffAndADeletedOneIsGone() throws Exception {
    Subscription wanted = wanted("task", "id-only");
    Subscription created = subscribe(wanted);
    jdbc.update("update subscription set ends_at = now() where id = ?", id(created));
    stands(id(created), SubscriptionStatus.OFF);
    fhir.refer(patient);
    assertThat(count(id(created))).isZero();
    assertThat(send("DELETE", "Subscription/" + id(created), null).statusCode()).isLessThan(300);
    assertThat(send("GET", "Subscription/" + id(created), null).statusCode()).isEqualTo(404);
  }

  @Test
  void itIsFoundByWhatItIsAndChangedByItsVersion() throws Exception {
    String own = "own-" + UUID.randomUUID();
    Subscription wanted = wanted("task", "id-only");
    wanted.setId(own);
    assertThat(send("PUT", "Subscription/" + own, wanted).statusCode()).isEqualTo(201);
    stands(own, SubscriptionStatus.ACTIVE);
    for (String search :
        List.of(
            "_id=" + own,
            "url=" + receiver.address(),
            "status=active&_id=" + own,
            "criteria=" + TOPIC + "task&_id=" + own)) {
      Bundle found = parse(Bundle.class, send("GET", "Subscription?" + search, null));
      assertThat(found.getEntry()).as(search).hasSize(1);
    }
    Bundle all =
        parse(Bundle.class, send("GET", "Subscription/$status?status=active&id=" + own, null));
    assertThat(all.getEntry()).hasSize(1);
    assertThat(
            ehr.fhir(
                    "PUT",
                    "Subscription/" + own,
                    FHIR.newJsonParser().encodeResourceToString(wanted),
                    "If-Match",
                    "W/\"1\"")
                .statusCode())
        .isEqualTo(412);
    String version = read(own).getMeta().getVersionId();
    wanted.setStatus(SubscriptionStatus.ACTIVE).setReason("Another reason");
    HttpResponse<String> changed =
        ehr.fhir(
            "PUT",
            "Subscription/" + own,
            FHIR.newJsonParser().encodeResourceToString(wanted),
            "If-Match",
            "W/\"" + version + "\"");
    assertThat(parse(Subscription.class, changed).getStatus()).isEqualTo(SubscriptionStatus.ACTIVE);
    assertThat(receiver.of("handshake")).hasSize(1);
    wanted.setCriteria(TOPIC + "pathway");
    assertThat(send("PUT", "Subscription/" + own, wanted).statusCode()).isEqualTo(422);
  }

  @Test
  void secretsAreKeptSealedAndShownToNoOtherProgramThanTheirSenders() throws Exception {
    Subscription wanted = wanted("task", "empty");
    wanted.getChannel().setHeader(null).addHeader("Authorization: Bearer only-ours");
    Subscription created = subscribe(wanted);
    String row =
        jdbc.queryForObject(
            "select s::text from subscription s where id = ?", String.class, id(created));
    assertThat(row).doesNotContain("only-ours", "Authorization");
    assertThat(receiver.of("handshake").get(0).headers().getFirst("Authorization"))
        .isEqualTo("Bearer only-ours");
    assertThat(read(id(created)).getChannel().getHeader())
        .extracting(StringType::getValue)
        .containsExactly("Authorization: Bearer only-ours");
    // The same user by another program.
    jdbc.update("update subscription set client = 'another-program' where id = ?", id(created));
    for (String path : List.of("Subscription/" + id(created), "Subscription?_id=" + id(created))) {
      assertThat(send("GET", path, null).body())
          .contains(id(created))
          .doesNotContain("only-ours", "Authorization");
    }
  }

  @Test
  void whatWasKeptAsItWasSentIsSealedAtTheStart() throws Exception {
    Subscription created = subscribe(wanted("task", "empty"));
    jdbc.update(
        "update subscription set headers = null, body = jsonb_set(body::jsonb, '{channel,header}', '[\"X-Secret: of before\"]')::text where id = ?",
        id(created));
    before.seal();
    assertThat(
            jdbc.queryForObject(
                "select s::text from subscription s where id = ?", String.class, id(created)))
        .doesNotContain("of before");
    assertThat(read(id(created)).getChannel().getHeader())
        .extracting(StringType::getValue)
        .containsExactly("X-Secret: of before");
  }

  @Test
  void whoConnectsSystemsIsToldByMailOnceOfEachThatIsInError() throws Exception {
    Subscription created = subscribe(wanted("task", "id-only"));
    receiver.answers(500);
    fhir.refer(patient);
    stands(id(created), SubscriptionStatus.ERROR);
    jdbc.update("update subscriber set display = ? where name = 'ehr'", "EHR " + id(created));
    alerts.look();
    alerts.look();
    List<Outgoing> mails = mails(id(created));
    assertThat(mails)
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.address()).isEqualTo("interfaces@example.org");
              assertThat(mail.text())
                  .contains("Answered with 500", "http://localhost:", "topic task")
                  .doesNotContain("/told", patient);
            });
    // In error once more: told once more.
    receiver.answers(200);
    Subscription again = read(id(created)).setStatus(SubscriptionStatus.REQUESTED);
    again.setError(null);
    send("PUT", "Subscription/" + id(created), again);
    stands(id(created), SubscriptionStatus.ACTIVE);
    alerts.look();
    jdbc.update("update subscriber set display = ? where name = 'ehr'", "EHR " + id(created));
    assertThat(mails(id(created))).hasSize(1);
    receiver.answers(410);
    jdbc.update(
        "insert into subscription_event (subscription, focus, created) select subscription, focus, false from subscription_event where subscription = ? limit 1",
        id(created));
    stands(id(created), SubscriptionStatus.ERROR);
    jdbc.update("update subscriber set display = ? where name = 'ehr'", "EHR " + id(created));
    alerts.look();
    assertThat(mails(id(created))).hasSize(2);
  }

  private List<Outgoing> mails(String id) {
    return carriers.stream()
        .flatMap(carrier -> carrier.shown().stream())
        .filter(mail -> mail.subject().endsWith("EHR " + id))
        .toList();
  }

  @Test
  void aMergeIsTold() throws Exception {
    subscribe(wanted("patient-merge", "id-only"));
    org.hl7.fhir.r4.model.Patient former =
        fhir.as("ehr")
            .read()
            .resource(org.hl7.fhir.r4.model.Patient.class)
            .withId(patient)
            .execute();
    String kept = fhir.sendPatient("klein-genevie.json");
    former
        .setActive(false)
        .addLink()
        .setType(org.hl7.fhir.r4.model.Patient.LinkType.REPLACEDBY)
        .setOther(new org.hl7.fhir.r4.model.Reference("Patient/" + kept));
    fhir.as("ehr").update().resource(former).execute();
    numbersTold(1);
    assertThat(receiver.of("event-notification").get(0).events().get(0).focus())
        .endsWith("/Patient/" + patient);
    former =
        fhir.as("ehr")
            .read()
            .resource(org.hl7.fhir.r4.model.Patient.class)
            .withId(patient)
            .execute();
    former.setLanguage("en");
    fhir.as("ehr").update().resource(former).execute();
    assertThat(receiver.numbers()).containsExactly(1L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "criteria",
        "filter",
        "filter-type",
        "filter-modifier",
        "filter-value",
        "filter-escape",
        "channel.type",
        "channel-extension",
        "channel.endpoint",
        "channel-internal",
        "channel-user",
        "channel.payload",
        "payload-version",
        "content",
        "content-missing",
        "heartbeat",
        "timeout",
        "max-count",
        "header",
        "header-line",
        "end",
        "status"
      })
  void whatCannotBeHadIsRefusedWithItsElement(String fault) throws Exception {
    Subscription wanted = wanted("task", "id-only");
    String element = spoil(wanted, fault);
    int before = jdbc.queryForObject("select count(*) from subscription", Integer.class);
    HttpResponse<String> answer = send("POST", "Subscription", wanted);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    OperationOutcome outcome =
        FHIR.newJsonParser().parseResource(OperationOutcome.class, answer.body());
    assertThat(outcome.getIssueFirstRep().getExpression().get(0).getValue()).startsWith(element);
    assertThat(outcome.getIssueFirstRep().getDiagnostics()).endsWith("othing was stored.");
    assertThat(jdbc.queryForObject("select count(*) from subscription", Integer.class))
        .isEqualTo(before);
    assertThat(receiver.all()).isEmpty();
  }

  private static String spoil(Subscription wanted, String fault) {
    var channel = wanted.getChannel();
    Consumer<String> filter =
        text -> wanted.getCriteriaElement().addExtension(Backport.FILTER, new StringType(text));
    switch (fault) {
      case "criteria" -> wanted.setCriteria("Observation?code=1234");
      case "filter" -> filter.accept("colour=blue");
      case "filter-type" -> filter.accept("Encounter?patient=Patient/1");
      case "filter-modifier" -> filter.accept("status:not=ready");
      case "filter-value" -> filter.accept("Task.status=");
      case "filter-escape" -> filter.accept("status=%zz");
      case "channel.type" -> channel.setType(SubscriptionChannelType.WEBSOCKET);
      case "channel-extension" ->
          channel
              .getTypeElement()
              .addExtension(
                  Backport.CHANNEL_TYPE, new Coding("http://example.org/channels", "pigeon", null));
      case "channel.endpoint" -> channel.setEndpoint("https://elsewhere.example.org/told");
      case "channel-internal" -> channel.setEndpoint("http://169.254.169.254/latest/meta-data");
      case "channel-user" ->
          channel.setEndpoint(channel.getEndpoint().replace("localhost", "localhost:80@10.0.0.1"));
      case "channel.payload" -> channel.getPayloadElement().setValue("text/plain");
      case "payload-version" ->
          channel.getPayloadElement().setValue("application/fhir+json; fhirVersion=4.3");
      case "content" ->
          channel.getPayloadElement().getExtensionFirstRep().setValue(new CodeType("all"));
      case "content-missing" -> channel.getPayloadElement().setExtension(List.of());
      case "heartbeat" -> channel.addExtension(Backport.HEARTBEAT, new UnsignedIntType(0));
      case "timeout" -> channel.addExtension(Backport.TIMEOUT, new UnsignedIntType(3600));
      case "max-count" -> channel.addExtension(Backport.MAX_COUNT, new PositiveIntType(100_000));
      case "header" -> channel.addHeader("Host: inside.example.org");
      case "header-line" -> channel.addHeader("no header");
      case "end" -> wanted.setEnd(new java.util.Date(0));
      case "status" -> wanted.setStatus(SubscriptionStatus.ERROR);
      default -> throw new IllegalArgumentException(fault);
    }
    return "Subscription."
        + switch (fault) {
          case "filter", "filter-type", "filter-modifier", "filter-value", "filter-escape" ->
              "criteria.extension";
          case "channel-extension" -> "channel.type";
          case "channel-internal", "channel-user" -> "channel.endpoint";
          case "payload-version", "content", "content-missing" -> "channel.payload";
          case "heartbeat", "timeout", "max-count" -> "channel.extension";
          case "header", "header-line" -> "channel.header[1]";
          default -> fault;
        };
  }

  @Test
  void itIsNoPartOfATransaction() throws Exception {
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    bundle
        .addEntry()
        .setResource(wanted("task", "id-only"))
        .getRequest()
        .setMethod(Bundle.HTTPVerb.POST)
        .setUrl("Subscription");
    HttpResponse<String> answer = send("POST", "", bundle);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(answer.body()).contains("by itself");
  }

  @Test
  void theCapabilityStatementSaysSo() throws Exception {
    CapabilityStatement declared = parse(CapabilityStatement.class, send("GET", "metadata", null));
    assertThat(declared.getInstantiates())
        .extracting(one -> one.getValue())
        .containsOnlyOnce(Backport.SERVER);
    CapabilityStatement.CapabilityStatementRestResourceComponent subscription =
        declared.getRestFirstRep().getResource().stream()
            .filter(resource -> resource.getType().equals("Subscription"))
            .findFirst()
            .orElseThrow();
    assertThat(subscription.getSupportedProfile())
        .extracting(one -> one.getValue())
        .contains(Backport.SUBSCRIPTION);
    assertThat(subscription.getExtensionsByUrl(Backport.TOPIC))
        .extracting(one -> one.getValue().primitiveValue())
        .containsExactly(
            TOPIC + "pathway", TOPIC + "task", TOPIC + "appointment", TOPIC + "patient-merge");
    assertThat(subscription.getOperation())
        .extracting(one -> one.getDefinition())
        .contains(
            "http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-status",
            "http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-events");
    assertThat(subscription.getInteraction())
        .extracting(one -> one.getCode().toCode())
        .containsExactlyInAnyOrder("read", "create", "update", "delete", "search-type");
  }
}
