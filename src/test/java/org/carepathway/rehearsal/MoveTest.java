package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.booking.Moving;
import org.carepathway.security.Role;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One action moves an appointment and all that hangs on it, or nothing. */
@Tag("rehearsal")
class MoveTest extends AtTheBooking {

  private static final String WITHOUT_HOLD =
      """
      name: To the booking, nothing is held
      extends: happy-path
      until: ApproveHold
      change: {DoWorkUp: {thinner: [{thinner-drug: drug-apixaban, thinner-taken: false}]}}
      steps:
        - wait: PT1M
      """;

  @Test
  void theNewTimeIsBookedAndTheOldOneFreeInOneAction() {
    atTheBooking(
        WITHOUT_HOLD,
        journey -> {
          Instant first = booked(journey);
          Instant next = first.plus(Duration.ofMinutes(30));

          assertThat(move(journey, Role.SCHEDULER, next)).isTrue();

          assertThat(appointments(journey, AppointmentStatus.BOOKED))
              .singleElement()
              .satisfies(each -> assertThat(each.getStart().toInstant()).isEqualTo(next));
          assertThat(appointments(journey, AppointmentStatus.CANCELLED)).hasSize(1);
          assertThat(claims())
              .containsOnly(
                  appointments(journey, AppointmentStatus.BOOKED)
                      .get(0)
                      .getIdElement()
                      .getIdPart());
          assertThat(journey.open())
              .extracting(WorkItem::element)
              .containsExactly("PrepareForProcedure");
          assertThat(journey.open().get(0).dueAt()).isEqualTo(next);
          assertThat(messages(journey)).as("told the first and the new time").isEqualTo(2);
        });
  }

  @Test
  void aNewTimeThatIsTakenChangesNothing() {
    atTheBooking(
        WITHOUT_HOLD,
        journey -> {
          Instant first = booked(journey);
          Instant next = first.plus(Duration.ofDays(1));
          assertThat(GuardTest.bookIn(stage, "room", "Angio 1", next)).isEmpty();
          ResourceVersionConflictException refused =
              catchThrowableOfType(
                  ResourceVersionConflictException.class,
                  () -> move(journey, Role.SCHEDULER, next));
          assertThat(refused.getMessage()).contains("not free", "Nothing was changed");
          assertThat(appointments(journey, AppointmentStatus.BOOKED))
              .singleElement()
              .satisfies(each -> assertThat(each.getStart().toInstant()).isEqualTo(first));
          assertThat(appointments(journey, AppointmentStatus.CANCELLED)).isEmpty();
          assertThat(journey.open())
              .extracting(WorkItem::element)
              .containsExactly("PrepareForProcedure");
        });
  }

  @Test
  void aHoldThatHasToBeApprovedComesBeforeTheNewTime() {
    atTheBooking(
        journey -> {
          Instant first = booked(journey);
          assertThat(move(journey, Role.SCHEDULER, first.plus(Duration.ofDays(1)))).isFalse();
          assertThat(appointments(journey, AppointmentStatus.BOOKED)).isEmpty();
          assertThat(claims()).isEmpty();
          assertThat(journey.open()).extracting(WorkItem::element).containsExactly("ApproveHold");
        });
  }

  @Test
  void whoMayNotBookReportsTheChangeAndTheSchedulerBooks() {
    atTheBooking(
        WITHOUT_HOLD,
        journey -> {
          Instant first = booked(journey);
          assertThat(move(journey, Role.COORDINATOR, first.plus(Duration.ofDays(1)))).isFalse();
          assertThat(journey.open()).extracting(WorkItem::element).containsExactly(STEP);
        });
  }

  private Instant booked(Journey journey) {
    setUp(journey);
    Instant start = offer(journey).best().get(0).start();
    book(journey, chosen(journey, start).orElseThrow());
    return start;
  }

  private static boolean move(Journey journey, Role role, Instant start) {
    Moving moving = Moving.of(journey.content()).orElseThrow();
    Map<String, Object> answers = new HashMap<>();
    answers.put("change-kind", "change-moved");
    answers.put("change-reason", "oth-room");
    answers.put("patient-told", true);
    answers.put(moving.newStart(), start.toString());
    QuestionnaireResponse response =
        stage.sheets.fill(
            journey
                .content()
                .questionnaire(
                    Journey.as(
                        role,
                        () -> stage.reports.event(journey.pathwayId(), moving.event()).form())),
            journey.populate(role, moving.event()),
            answers);
    return journey.move(role, moving, response);
  }

  private static List<Appointment> appointments(Journey journey, AppointmentStatus status) {
    return journey.record().stream()
        .filter(Appointment.class::isInstance)
        .map(Appointment.class::cast)
        .filter(each -> each.getStatus() == status)
        .toList();
  }

  private static List<String> claims() {
    return stage.jdbc.queryForList(
        "select distinct appointment from capacity_claim where state = 'booked'", String.class);
  }

  private static long messages(Journey journey) {
    return journey.record().stream()
        .filter(CommunicationRequest.class::isInstance)
        .map(CommunicationRequest.class::cast)
        .filter(
            each -> "Appointment for the procedure".equals(each.getReasonCodeFirstRep().getText()))
        .count();
  }
}
