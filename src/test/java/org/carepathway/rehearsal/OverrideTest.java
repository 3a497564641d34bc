package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Instant;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.booking.Chosen;
import org.carepathway.capacity.Period;
import org.carepathway.form.FormIssue;
import org.carepathway.security.Role;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lead may override a leave with a reason; nobody overrides what is taken. */
@Tag("rehearsal")
class OverrideTest extends AtTheBooking {

  @Test
  void aLeadsReasonLetsABookingStandInALeaveOnceAndIsKept() {
    atTheBooking(
        journey -> {
          setUp(journey);
          Instant start = offer(journey).best().get(0).start();
          Chosen chosen = chosen(journey, start).orElseThrow();
          away(start);
          assertThat(refusal(journey, chosen).rule()).isEqualTo("booking-away");

          assertThatThrownBy(() -> allow(journey, Role.SCHEDULER, "Only today"))
              .isInstanceOf(ForbiddenOperationException.class);
          assertThatThrownBy(() -> allow(journey, Role.COORDINATOR, " "))
              .isInstanceOf(UnprocessableEntityException.class);
          allow(journey, Role.COORDINATOR, "He comes back for this patient");
          assertThat(journey.view().carePlan().getNote())
              .extracting(Annotation::getText)
              .contains(
                  "A booking in a leave or closure is allowed: He comes back for this patient");

          book(journey, chosen);
          QuestionnaireResponse kept =
              (QuestionnaireResponse)
                  journey.record().stream()
                      .filter(QuestionnaireResponse.class::isInstance)
                      .filter(
                          each ->
                              ((QuestionnaireResponse) each)
                                  .getQuestionnaire()
                                  .contains("/booking|"))
                      .reduce((a, b) -> b)
                      .orElseThrow();
          assertThat(kept.getExtension())
              .extracting(each -> each.getValue().castToCoding(each.getValue()).getDisplay())
              .anySatisfy(
                  text ->
                      assertThat(text)
                          .contains("Dr Example", "Course", "He comes back for this patient"));
          stage.replan.run();
          assertThat(journey.open()).noneMatch(item -> item.element().equals("ReplanBooking"));
        });
  }

  @Test
  void whatIsTakenIsNotOverridden() {
    atTheBooking(
        journey -> {
          setUp(journey);
          Instant start = offer(journey).best().get(0).start();
          Chosen chosen = chosen(journey, start).orElseThrow();
          assertThat(GuardTest.bookIn(stage, "operator", "Dr Example", start)).isEmpty();
          allow(journey, Role.COORDINATOR, "Both at once");
          FormIssue issue = refusal(journey, chosen);
          assertThat(issue.rule()).isEqualTo("booking-taken");
          assertThat(issue.message())
              .contains("Dr Example", local(start), local(start.plusSeconds(3600)));
        });
  }

  private static String local(Instant time) {
    return time.atZone(stage.clock.getZone()).toLocalDateTime().toString().replace('T', ' ');
  }

  private void away(Instant start) {
    stage.transaction.executeWithoutResult(
        status ->
            stage.capacity.addException(
                actors.get("operator").id(),
                new Period(start, start.plusSeconds(60)),
                false,
                "Course",
                "Test"));
    stage.store.takeWritten();
  }

  private static FormIssue refusal(Journey journey, Chosen chosen) {
    return catchThrowableOfType(AnswersRefused.class, () -> book(journey, chosen)).issues().stream()
        .filter(FormIssue::isError)
        .findFirst()
        .orElseThrow();
  }

  private static void allow(Journey journey, Role role, String reason) {
    Journey.as(
        role,
        () -> {
          stage.override.allow(journey.pathwayId(), reason);
          return null;
        });
  }
}
