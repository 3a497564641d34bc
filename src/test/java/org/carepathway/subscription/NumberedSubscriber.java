package org.carepathway.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.springframework.jdbc.core.JdbcTemplate;

/** A system that is told of all tasks, and takes its time to answer. */
public final class NumberedSubscriber implements AutoCloseable {

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final long ANSWERS_AFTER_MILLIS = 150;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Receiver receiver = new Receiver();
  private final JdbcTemplate jdbc;
  private String id;

  public NumberedSubscriber(JdbcTemplate jdbc) throws IOException {
    this.jdbc = jdbc;
    receiver.answers(NumberedSubscriber::late);
  }

  private static int late() {
    try {
      Thread.sleep(ANSWERS_AFTER_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return 200;
  }

  /** Subscribes at one of the processes. */
  public void subscribe(int port) throws Exception {
    Subscription wanted = new Subscription();
    wanted.setStatus(SubscriptionStatus.REQUESTED).setReason("A test");
    wanted.setCriteria("https://carepathway.org/fhir/SubscriptionTopic/task");
    wanted
        .getCriteriaElement()
        .addExtension(Backport.FILTER, new StringType("status=ready,in-progress"));
    wanted
        .getChannel()
        .setType(SubscriptionChannelType.RESTHOOK)
        .setEndpoint(receiver.address())
        .setPayload("application/fhir+json");
    wanted.getChannel().getPayloadElement().addExtension(Backport.CONTENT, new CodeType("id-only"));
    HttpResponse<String> answer =
        new Caller(port, "ehr")
            .fhir("POST", "Subscription", FHIR.newJsonParser().encodeResourceToString(wanted));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    id =
        FHIR.newJsonParser()
            .parseResource(Subscription.class, answer.body())
            .getIdElement()
            .getIdPart();
  }

  /**
   * Each event came under one number, from 1 without a gap, for the first time in their order.
   *
   * @return what came, in words
   */
  public String judge() {
    await()
        .atMost(PATIENCE)
        .until(() -> count("state = 'new'") == 0 && numbers().size() == count("number > 0"));
    Map<Long, String> focus = new HashMap<>();
    receiver.of("event-notification").stream()
        .flatMap(told -> told.events().stream())
        .forEach(
            event ->
                assertThat(focus.computeIfAbsent(event.number(), n -> event.focus()))
                    .isEqualTo(event.focus()));
    assertThat(numbers()).isEqualTo(LongStream.rangeClosed(1, focus.size()).boxed().toList());
    int again = receiver.numbers().size() - numbers().size();
    return "%d events of a subscriber numbered without a gap, %d told again"
        .formatted(focus.size(), again);
  }

  /** In the order in which they came first. */
  private List<Long> numbers() {
    return receiver.numbers().stream().distinct().toList();
  }

  private int count(String condition) {
    return jdbc.queryForObject(
        "select count(*) from subscription_event where subscription = ? and " + condition,
        Integer.class,
        id);
  }

  @Override
  public void close() {
    receiver.close();
  }
}
