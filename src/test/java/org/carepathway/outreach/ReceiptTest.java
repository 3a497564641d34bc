package org.carepathway.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.support.TransactionTemplate;

/** F3: what a gateway tells of a message, truly, twice, too late, or of nothing we know. */
class ReceiptTest extends RunningService {

  private static final String SECRET = "a-secret-of-the-gateway";

  @Autowired private Pathways pathways;
  @Autowired private MessageRows rows;
  @Autowired private Outcomes outcomes;
  @Autowired private ServiceClock clock;
  @Autowired private ObjectMapper json;
  @Autowired private TransactionTemplate transaction;

  private final String named = "g-" + UUID.randomUUID();
  private FhirClient fhir;
  private String patient;
  private UUID pathway;
  private ReceiptPage page;

  @BeforeEach
  void begin() throws Exception {
    fhir = new FhirClient(port());
    patient = fhir.sendPatient("klein-genevie.json");
    pathway =
        pathways.ofReferral(fhir.refer(patient).getIdElement().getIdPart()).orElseThrow().id();
    var gateway = new OutreachSettings.Gateway(URI.create("http://localhost:1/send"), SECRET);
    page =
        new ReceiptPage(
            new OutreachSettings(
                null,
                "",
                5,
                Duration.ofMinutes(1),
                null,
                gateway,
                null,
                null,
                List.of(),
                null,
                false),
            rows,
            outcomes,
            json);
  }

  @Test
  void deliveredThenFailedIsFailedHoweverOftenItIsTold() throws Exception {
    UUID message = handedOver(named);
    assertThat(told(message)).isEqualTo(CommunicationStatus.INPROGRESS);
    assertThat(tell(named, "delivered", "")).isEqualTo(204);
    assertThat(told(message)).isEqualTo(CommunicationStatus.COMPLETED);
    assertThat(tell(named, "delivered", "")).as("again").isEqualTo(204);
    assertThat(tell(named, "failed", "no\\u0000 such\\nnumber")).isEqualTo(204);
    assertThat(told(message)).isEqualTo(CommunicationStatus.NOTDONE);
    assertThat(rows.find(message).orElseThrow().said()).isEqualTo("no  such number");
    assertThat(tell(named, "delivered", "")).as("it lies").isEqualTo(204);
    assertThat(tell(named, "failed", "")).as("again").isEqualTo(204);
    assertThat(told(message)).as("failed stays failed").isEqualTo(CommunicationStatus.NOTDONE);
    assertThat(rows.find(message).orElseThrow().said()).isEqualTo("no  such number");
  }

  /** Before its own id is kept, a quick gateway tells by ours. */
  @Test
  void aMessageIsKnownByOurIdToo() throws Exception {
    UUID message = claimed();
    assertThat(tell(message.toString(), "failed", "")).isEqualTo(204);
    assertThat(told(message)).isEqualTo(CommunicationStatus.NOTDONE);
  }

  @Test
  void ofNothingKnownNothingIsChanged() throws Exception {
    UUID one = handedOver(named);
    for (String id : List.of("nobody", "", "\\u0000", UUID.randomUUID().toString())) {
      assertThat(tell(id, "failed", "")).as(id).isEqualTo(404);
    }
    UUID other = handedOver(named);
    assertThat(tell(named, "failed", "")).as("one id for two messages").isEqualTo(404);
    assertThat(told(one)).isEqualTo(CommunicationStatus.INPROGRESS);
    assertThat(told(other)).isEqualTo(CommunicationStatus.INPROGRESS);
    assertThat(tell(one.toString(), "delivered", "")).as("ours is one").isEqualTo(204);
    assertThat(tell(named, "read", "")).isEqualTo(400);
    assertThat(post("sms", "no JSON", now(), null)).isEqualTo(400);
    assertThat(post("sms", "{\"id\": \"" + "x".repeat(11_000) + "\"}", now(), null)).isEqualTo(400);
  }

  @Test
  void whoDoesNotSignTellsNothing() throws Exception {
    UUID message = handedOver(named);
    String body = body(named, "failed", "");
    assertThat(post("sms", body, now(), "sha256=00")).as("another signature").isEqualTo(401);
    assertThat(post("sms", body, now(), "")).isEqualTo(401);
    String late = String.valueOf(Instant.now().minus(Duration.ofMinutes(6)).getEpochSecond());
    assertThat(post("sms", body, late, null)).as("replayed").isEqualTo(401);
    assertThat(post("sms", body, "soon", null)).isEqualTo(401);
    String of = Signature.of(SECRET, now(), body(named, "delivered", "").getBytes());
    assertThat(post("sms", body, now(), of)).as("of another body").isEqualTo(401);
    assertThat(post("pager", body, now(), null)).as("not set up").isEqualTo(401);
    assertThat(post("mail", body, now(), null)).isEqualTo(401);
    assertThat(post("pigeon", body, now(), null)).isEqualTo(401);
    assertThat(told(message)).isEqualTo(CommunicationStatus.INPROGRESS);
  }

  private UUID claimed() {
    UUID id = UUID.randomUUID();
    rows.add(
        new Message(
            id,
            Message.Purpose.ALARM,
            pathway,
            patient,
            "AssessReferral",
            "about " + id,
            1,
            Channel.SMS,
            "nowhere",
            Locale.ENGLISH,
            clock.instant().plus(Duration.ofDays(9000)),
            MessageState.WAITING,
            0,
            null,
            null));
    transaction.executeWithoutResult(
        status ->
            outcomes.keep(
                rows.find(id).orElseThrow(),
                MessageState.CLAIMED,
                null,
                null,
                pathways.open(pathway)));
    return id;
  }

  private UUID handedOver(String gatewayId) {
    UUID id = claimed();
    transaction.executeWithoutResult(
        status ->
            outcomes.keep(
                rows.find(id).orElseThrow(),
                MessageState.HANDED_OVER,
                gatewayId,
                null,
                pathways.open(pathway)));
    return id;
  }

  private CommunicationStatus told(UUID message) {
    return fhir.as("nurse")
        .read()
        .resource(Communication.class)
        .withId(message.toString())
        .execute()
        .getStatus();
  }

  private int tell(String id, String status, String reason) throws Exception {
    return post("sms", body(id, status, reason), now(), null);
  }

  private static String body(String id, String status, String reason) {
    return "{\"id\": \"%s\", \"status\": \"%s\", \"reason\": \"%s\"}".formatted(id, status, reason);
  }

  private static String now() {
    return String.valueOf(Instant.now().getEpochSecond());
  }

  /**
   * @param signature null for the right one
   */
  private int post(String channel, String body, String time, String signature) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setContent(bytes);
    request.addHeader("X-Timestamp", time);
    request.addHeader(
        "X-Signature", signature == null ? Signature.of(SECRET, time, bytes) : signature);
    return page.told(channel, request).getStatusCode().value();
  }
}
