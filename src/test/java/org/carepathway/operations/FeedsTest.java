package org.carepathway.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.inbox.Effect;
import org.carepathway.inbox.Inbox;
import org.carepathway.inbox.InboxHandler;
import org.carepathway.inbox.InboxMessage;
import org.carepathway.inbox.Received;
import org.carepathway.inbox.State;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who connects systems sees how the feeds go, what waits for a person, and sees to it. */
class FeedsTest extends RunningService {

  private static final String FORMAT = "feeds-test";
  private static final Map<String, Supplier<Effect>> EFFECTS = new ConcurrentHashMap<>();

  /** Does what a test says of a message. */
  private static final class Scripted implements InboxHandler {
    @Override
    public String format() {
      return FORMAT;
    }

    @Override
    public Effect handle(InboxMessage message) {
      return EFFECTS.get(message.received().source() + message.received().messageId()).get();
    }
  }

  @Autowired private Inbox inbox;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private ConfigurableApplicationContext context;

  private final String source = "feed-" + UUID.randomUUID();
  private final String number = "N" + UUID.randomUUID();
  private Caller ehr;

  @BeforeEach
  void begin() throws Exception {
    if (!context.getBeanFactory().containsSingleton(FORMAT)) {
      context.getBeanFactory().registerSingleton(FORMAT, new Scripted());
    }
    ehr = new Caller(port(), "ehr").signIn();
  }

  @AfterEach
  void forget() {
    jdbc.update("delete from inbox_message where source = ?", source);
    jdbc.update("delete from inbox_pause where source = ?", source);
  }

  private long keep(String id, Effect effect) {
    EFFECTS.put(source + id, () -> effect);
    return inbox
        .keep(
            new Received(source, id, FORMAT, "TEST", "urn:x|" + number, null, null, id.getBytes()))
        .number();
  }

  private long settled(long message, State state) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(inbox.find(message).orElseThrow().state()).isEqualTo(state));
    return message;
  }

  private long dead(String id) {
    return settled(keep(id, new Effect.Refused("OBX-5 is no number")), State.DEAD);
  }

  private String page(String path) throws Exception {
    HttpResponse<String> answer = ehr.page(path);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  private List<String> audited(String about, String kind) {
    return jdbc.queryForList(
        "select about from audit_event where who = 'ehr' and about = ? and kind = ?",
        String.class,
        about,
        kind);
  }

  private void awaitAudited(String about, String kind) {
    awaitAudited(about, kind, 1);
  }

  private void awaitAudited(String about, String kind, int times) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(audited(about, kind)).hasSize(times));
  }

  @Test
  void whatWaitsForAPersonIsShownToWhoConnectsSystemsOnly() throws Exception {
    long dead = dead("dead-1");
    long asked =
        settled(keep("asked-1", new Effect.Asked("Who is it?", Set.of("77"))), State.ASKED);
    settled(keep("done-1", new Effect.Done("Taken over: Patient.", Set.of())), State.DONE);

    String page = page("/feeds?source=" + source);
    assertThat(page)
        .contains("dead-1", "asked-1", "OBX-5 is no number", "Who is it?")
        .contains("/feeds/messages/" + dead, "/feeds/messages/" + asked)
        .contains("feed-" + source)
        .doesNotContain("done-1");
    assertThat(page("/feeds?state=done&source=" + source))
        .contains("done-1")
        .doesNotContain("dead-1");
    assertThat(page("/feeds/rows?source=" + source)).contains("asked-1").doesNotContain("<html");
    assertThat(page("/feeds/table")).contains("count-" + source + "-dead", "feed-ehr");
    for (String user : List.of("coordinator", "physician", "admin", "auditor")) {
      Caller other = new Caller(port(), user).signIn();
      for (String path : List.of("/feeds", "/feeds/found", "/feeds/messages/" + dead)) {
        assertThat(other.page(path).statusCode()).as(user + path).isEqualTo(403);
      }
      assertThat(other.post("/feeds/messages/" + dead + "/replay", Map.of()).statusCode())
          .isEqualTo(403);
      assertThat(other.page("/worklist").body()).doesNotContain("href=\"/feeds\"");
    }
    assertThat(inbox.find(dead).orElseThrow().replays()).isZero();
    assertThat(ehr.page("/feeds/messages/999999999999").statusCode()).isEqualTo(404);
  }

  @Test
  void whoConnectsSystemsBeginsAtTheFeeds() throws Exception {
    assertThat(ehr.page("/").headers().firstValue("Location").orElseThrow()).endsWith("/feeds");
    assertThat(
            new Caller(port(), "nurse").signIn().page("/").headers().firstValue("Location").get())
        .endsWith("/worklist");
  }

  @Test
  void aReplayIsDoneSaidAndAudited() throws Exception {
    long dead = dead("dead-2");
    String path = "/feeds/messages/" + dead;
    assertThat(page(path)).contains("dead-2", "OBX-5 is no number", path + "/replay");
    awaitAudited("GET " + path, "read");

    EFFECTS.put(source + "dead-2", () -> new Effect.Done("Taken over: Patient.", Set.of("77")));
    assertThat(ehr.post(path + "/replay", Map.of()).statusCode()).isEqualTo(302);
    assertThat(page(path)).contains("The message is handled again");
    settled(dead, State.DONE);
    awaitAudited("POST " + path + "/replay", "write");
    assertThat(page(path))
        .contains("Taken over: Patient.", "1, the last by ehr", "Patient/77")
        .doesNotContain(path + "/replay");

    assertThat(ehr.post(path + "/replay", Map.of()).statusCode()).isEqualTo(302);
    assertThat(page(path)).contains("can no longer be replayed. It is now: done.");
    assertThat(inbox.find(dead).orElseThrow().replays()).isOne();
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForList(
                            "select about from audit_event where who = 'ehr' and patients @> array['77']",
                            String.class))
                    .contains("GET " + path));
  }

  @Test
  void whatNeedNotBeHandledIsSetAsideWithAReasonAndCanStillBeReplayed() throws Exception {
    long dead = dead("dead-4");
    String path = "/feeds/messages/" + dead;
    assertThat(page(path)).contains("What it says cannot be taken over", path + "/aside");
    assertThat(page("/feeds/table")).contains("1 not to be taken over");

    for (String why : List.of("", " \u0000 ", "x".repeat(501))) {
      assertThat(ehr.post(path + "/aside", Map.of("why", why)).statusCode()).isEqualTo(302);
      assertThat(page(path)).contains("say why, in at most 500 characters");
    }
    assertThat(inbox.find(dead).orElseThrow().state()).isEqualTo(State.DEAD);

    ehr.post(path + "/aside", Map.of("why", "a test of <theirs>"));
    assertThat(page(path))
        .contains("The message is set aside", "Set aside by ehr", "a test of &lt;theirs&gt;")
        .doesNotContain(path + "/aside");
    assertThat(page("/feeds?source=" + source)).doesNotContain(path);
    assertThat(page("/feeds?state=aside&source=" + source)).contains(path);
    awaitAudited("POST " + path + "/aside", "write", 4);
    ehr.post(path + "/aside", Map.of("why", "once more"));
    assertThat(page(path)).contains("a test of &lt;theirs&gt;").contains("It is now: set aside");

    EFFECTS.put(source + "dead-4", () -> new Effect.Done("done", Set.of()));
    ehr.post(path + "/replay", Map.of());
    settled(dead, State.DONE);
    assertThat(page(path)).doesNotContain("Set aside by");
  }

  @Test
  void errorsAreCountedByTheirKind() throws Exception {
    dead("content");
    inbox.keepRefused(
        new Received(source, "door", FORMAT, "TEST", source, null, null, new byte[] {1}), "no");
    inbox.pause(source, "ehr");
    for (RuntimeException fault :
        List.of(
            new PreconditionFailedException("stale"),
            new CannotAcquireLockException("lock"),
            new IllegalStateException("bug"),
            new InternalErrorException("bug"))) {
      String id = fault.getClass().getSimpleName();
      EFFECTS.put(
          source + id,
          () -> {
            throw fault;
          });
      jdbc.update(
          "update inbox_message set attempts = 5 where id = ?",
          inbox
              .keep(
                  new Received(
                      source, id, FORMAT, "TEST", "urn:x|" + id + number, null, null, new byte[1]))
              .number());
    }
    inbox.resume(source);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForList(
                            "select message_id || ' ' || fault from inbox_message where source = ?",
                            String.class,
                            source))
                    .containsExactlyInAnyOrder(
                        "content content",
                        "door unreadable",
                        "PreconditionFailedException conflict",
                        "CannotAcquireLockException conflict",
                        "IllegalStateException service",
                        "InternalErrorException service"));
    assertThat(page("/feeds/table"))
        .contains("1 refused at the door", "2 in conflict", "2 by a fault of the service");
  }

  @Test
  void aPausedFeedKeepsWhatComesUntilItIsResumed() throws Exception {
    assertThat(ehr.post("/feeds/nobody-knows-it/pause", Map.of()).statusCode()).isEqualTo(404);
    dead("dead-3");
    assertThat(ehr.post("/feeds/" + source + "/pause", Map.of()).statusCode()).isEqualTo(302);
    long waits = keep("waits", new Effect.Done("done", Set.of()));
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(5))
        .until(() -> inbox.find(waits).orElseThrow().state() == State.NEW);
    assertThat(page("/feeds/table")).contains("by ehr, ", "/feeds/" + source + "/resume");
    assertThat(page("/feeds/messages/" + waits)).contains("Its feed is paused");

    assertThat(ehr.post("/feeds/" + source + "/resume", Map.of()).statusCode()).isEqualTo(302);
    settled(waits, State.DONE);
    awaitAudited("POST /feeds/" + source + "/pause", "write");
    awaitAudited("POST /feeds/" + source + "/resume", "write");
  }

  @Test
  void whatCameIsTextAndNothingInItHides() throws Exception {
    String content =
        "MSH|^~\\&|E|H|C|S|20261129100000||ADT^A01|<b>id</b>|P|2.5\r"
            + "PID|1||55^^^HOSPITAL^MR||<script>alert(1)</script>\u001b^\u202eCarmen\r";
    long refused =
        inbox.keepRefused(
            new Received(
                source,
                "<b>id</b>",
                "hl7v2",
                "<i>ADT</i>",
                source,
                null,
                null,
                content.getBytes(StandardCharsets.UTF_8)),
            "<img src=x onerror=alert(1)> is missing");
    for (String path : List.of("/feeds?source=" + source, "/feeds/messages/" + refused)) {
      assertThat(page(path))
          .contains("&lt;img src=x", "&lt;b&gt;id")
          .doesNotContain("<img", "<script>alert", "<b>id", "<i>ADT", "\u202e", "\u001b");
    }
    assertThat(page("/feeds/messages/" + refused))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;\u241b^&lt;U+202E&gt;Carmen")
        .contains("PID-5", "PID-3", "refused to the sender");
  }

  @Test
  void aPatientsMessagesAreFoundAndTheirNumberStandsInNoAddress() throws Exception {
    keep("of-number", new Effect.Held("not known here"));
    String known =
        new FhirClient(port())
            .as("referrer")
            .create()
            .resource(
                new Patient()
                    .addIdentifier(
                        new org.hl7.fhir.r4.model.Identifier()
                            .setSystem("urn:y")
                            .setValue("K" + number))
                    .addName(new org.hl7.fhir.r4.model.HumanName().setFamily("Found")))
            .execute()
            .getId()
            .getIdPart();
    settled(keep("of-patient", new Effect.Done("done", Set.of(known))), State.DONE);

    int before = audited("GET /feeds/found", "read").size();
    assertThat(found(number)).contains("of-number", "of-patient");
    awaitAudited("GET /feeds/found", "read", before + 1);
    assertThat(found("K" + number)).contains("of-patient").doesNotContain("of-number");
    assertThat(found("of-number")).contains("of-number").doesNotContain("of-patient");
    assertThat(found("nobody-" + number)).contains("There is no such message");
    assertThat(ehr.post("/feeds/found", Map.of("text", " ")).headers().firstValue("Location").get())
        .endsWith("/feeds");
  }

  @Test
  void whatNobodyWouldAskForIsAnswered() throws Exception {
    for (String query :
        List.of("state=none", "before=-9223372036854775808", "source=%00", "source=none")) {
      page("/feeds?" + query);
    }
    assertThat(ehr.page("/feeds?before=x").statusCode()).isEqualTo(400);
    assertThat(ehr.page("/feeds/messages/x").statusCode()).isEqualTo(400);
    assertThat(found("a\u0000b")).contains("Messages of ab.");
  }

  private String found(String text) throws Exception {
    HttpResponse<String> answer = ehr.post("/feeds/found", Map.of("text", text));
    assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/feeds/found");
    return page("/feeds/found");
  }

  @Test
  void aPageHoldsFiftyTheNewestFirst() throws Exception {
    for (int i = 1; i <= 51; i++) {
      inbox.keepRefused(
          new Received(
              source, "m" + i + "-", FORMAT, "TEST", source, null, null, new byte[] {(byte) i}),
          "no");
    }
    String first = page("/feeds?source=" + source);
    assertThat(first).contains(">m51-<", ">m2-<", "rel=\"next\"").doesNotContain(">m1-<");
    assertThat(first.indexOf(">m51-<")).isLessThan(first.indexOf(">m2-<"));
    String next =
        first.replaceAll("(?s).*rel=\"next\"[^>]*href=\"([^\"]*)\".*", "$1").replace("&amp;", "&");
    assertThat(page(next)).contains(">m1-<").doesNotContain(">m2-<", "rel=\"next\"");
  }
}
