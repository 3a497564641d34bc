package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenarios;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.AppointmentResponse;
import org.hl7.fhir.r4.model.AppointmentResponse.ParticipantStatus;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A patient who asks for another date of a visit gets that, and nothing of the procedure moves. */
@Tag("rehearsal")
class VisitAskedTest {

  private static final String WITH_A_VISIT =
      """
      name: A visit is booked
      extends: happy-path
      until: Discharge
      steps:
        - task: Discharge
          answers: {destination: destination-home, discharged-at: "@now", pain-now: 3, new-deficit: false, analgesic: [analgesic-paracetamol], restart: [{restart-drug: drug-apixaban, restart-at: "@now+20h", restart-dose: 5 mg twice a day}], written-given: true, follow-up-phone: "+1 555 0100", visit-2-weeks: "@now+336h", visit-place: Spine clinic}
      """;

  @Test
  void theSchedulerGivesTheVisitAnotherDate() throws IOException {
    Rehearsal stage = Rehearsal.open();
    boolean[] asked = {false};
    ScenarioRun.play(
        stage,
        Scenarios.parse(WITH_A_VISIT, name -> read(name + ".yaml")),
        (step, journey) -> {
          Optional<Appointment> visit = visit(journey);
          if (visit.isPresent() && !asked[0]) {
            asked[0] = true;
            ask(journey, visit.get());
          }
        });
    assertThat(asked[0]).isTrue();
  }

  private static void ask(Journey journey, Appointment visit) {
    List<String> before = open(journey);
    AppointmentResponse asks = new AppointmentResponse();
    asks.setParticipantStatus(ParticipantStatus.TENTATIVE)
        .setComment("Mornings only")
        .setAppointment(new Reference("Appointment/" + visit.getIdElement().getIdPart()))
        .setActor(new Reference("Patient/" + journey.patient().getIdElement().getIdPart()));
    journey.store(asks);
    assertThat(open(journey)).containsAll(before).contains("MoveVisit").hasSize(before.size() + 1);
    journey.store(asks.copy().setComment("Or Fridays").setId((String) null));
    assertThat(open(journey)).as("asked once").hasSize(before.size() + 1);

    journey.answer(
        new Answer(
            "MoveVisit",
            Map.of("visit-change", "visit-book", "visit-at", "@now+384h"),
            true,
            List.of()));

    assertThat(open(journey)).containsExactlyElementsOf(before);
    Appointment moved = visit(journey).orElseThrow();
    assertThat(moved.getIdElement().getIdPart()).isEqualTo(visit.getIdElement().getIdPart());
    assertThat(moved.getStart()).isAfter(visit.getStart());
    assertThat(journey.holds("%record.appointments('vertebral-augmentation').status = 'fulfilled'"))
        .isTrue();
    assertThat(journey.holds("%record.ofType(DetectedIssue).last().detail = 'Or Fridays'"))
        .isTrue();
  }

  private static List<String> open(Journey journey) {
    return journey.open().stream().map(WorkItem::element).toList();
  }

  private static Optional<Appointment> visit(Journey journey) {
    return journey.record().stream()
        .filter(Appointment.class::isInstance)
        .map(Appointment.class::cast)
        .filter(each -> each.getServiceTypeFirstRep().getCodingFirstRep().getCode().equals("visit-2-weeks"))
        .findFirst();
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of("bpmn/vertebroplasty/scenarios", file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
