package org.carepathway.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.Capacity;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.endtoend.SchedulingCalls;
import org.carepathway.endtoend.ToTheBooking;
import org.carepathway.hl7.FeedPort;
import org.carepathway.mllp.MllpClient;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionChannelType;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A subscriber is told of a merge by HL7 v2, and of an appointment before and after one. */
class FeedsAreToldTest extends RunningService {

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String SYSTEM = "https://carepathway.org/fhir/hl7v2/authority/HOSPITAL";

  @Autowired private Capacity capacity;
  @Autowired private Clock clock;
  @Autowired private ApplicationContext context;
  @Autowired private JdbcTemplate jdbc;

  private final String number = "S" + UUID.randomUUID().toString().substring(0, 8);
  private Receiver receiver;
  private FhirClient fhir;
  private SchedulingCalls scheduling;
  private List<Actor> actors;

  @BeforeEach
  void begin() throws Exception {
    receiver = new Receiver();
    fhir = new FhirClient(port());
    scheduling = new SchedulingCalls(fhir);
    actors = ToTheBooking.setUp(capacity, LocalDate.now(clock)).toList();
  }

  @AfterEach
  void end() {
    jdbc.update("delete from subscription where body like ?", '%' + receiver.address() + '%');
    receiver.close();
    actors.forEach(actor -> capacity.retire(actor.id()));
  }

  @Test
  void aMergeByHl7IsTold() throws Exception {
    String kept = numbered("K" + number);
    String gone = numbered("G" + number);
    subscribe("patient-merge", "Patient?_id=" + gone);

    merge();

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(focuses()).containsExactly("Patient/" + gone));
    Patient former = fhir.as("ehr").read().resource(Patient.class).withId(gone).execute();
    assertThat(former.getActive()).isFalse();
    assertThat(former.getLinkFirstRep().getOther().getReference()).isEqualTo("Patient/" + kept);
    assertThat(receiver.numbers()).containsExactly(1L);
  }

  @Test
  void anAppointmentIsToldWhenItIsBookedAndCancelledAlsoAfterAMerge() throws Exception {
    String kept = numbered("K" + number);
    String gone = numbered("G" + number);
    subscribe("appointment", "Appointment?status=booked,cancelled");
    Appointment booked = booked(gone);
    String name = "Appointment/" + booked.getIdElement().getIdPart();
    told(name, 1);

    merge();
    await()
        .atMost(SOON)
        .until(
            () ->
                !fhir.as("ehr").read().resource(Patient.class).withId(gone).execute().getActive());

    scheduling.cancelled(booked, kept);
    told(name, 2);
    assertThat(receiver.numbers()).doesNotHaveDuplicates().isSorted();
  }

  private void told(String name, int atLeast) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(focuses().stream().filter(name::equals))
                    .hasSizeGreaterThanOrEqualTo(atLeast));
  }

  private List<String> focuses() {
    return receiver.of("event-notification").stream()
        .filter(told -> told.status() == 200)
        .flatMap(told -> told.events().stream())
        .map(event -> event.focus().replaceFirst(".*/([A-Za-z]+/[^/]+)$", "$1"))
        .toList();
  }

  private void subscribe(String topic, String filter) throws Exception {
    Subscription wanted = new Subscription();
    wanted
        .setStatus(SubscriptionStatus.REQUESTED)
        .setReason("A test")
        .setCriteria("https://carepathway.org/fhir/SubscriptionTopic/" + topic);
    wanted.getCriteriaElement().addExtension(Backport.FILTER, new StringType(filter));
    wanted
        .getChannel()
        .setType(SubscriptionChannelType.RESTHOOK)
        .setEndpoint(receiver.address())
        .setPayload("application/fhir+json");
    wanted.getChannel().getPayloadElement().addExtension(Backport.CONTENT, new CodeType("id-only"));
    HttpResponse<String> answer =
        new Caller(port(), "ehr")
            .fhir("POST", "Subscription", FHIR.newJsonParser().encodeResourceToString(wanted));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    await().atMost(SOON).until(() -> !receiver.of("handshake").isEmpty());
  }

  private void merge() throws Exception {
    try (MllpClient client = new MllpClient(FeedPort.of(context, "ehr"))) {
      assertThat(
              client.send(
                  "MSH|^~\\&|EHR|HOSPITAL|CP|S|20261129180000+0100||ADT^A40|%s|P|2.5\rPID|1||K%s^^^HOSPITAL^MR||K%s\rMRG|G%s^^^HOSPITAL^MR\r"
                      .formatted(number, number, number, number)))
          .contains("MSA|AA|");
    }
  }

  private String numbered(String own) {
    Patient patient = new Patient();
    patient.addIdentifier().setSystem(SYSTEM).setValue(own);
    patient.addName().setFamily(own);
    return fhir.as("referrer").create().resource(patient).execute().getId().getIdPart();
  }

  private Appointment booked(String patient) {
    return scheduling.booked(patient, clock.instant().plus(Duration.ofDays(7)));
  }
}
