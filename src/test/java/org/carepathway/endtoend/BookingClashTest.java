package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carepathway.RunningService;
import org.carepathway.clock.ServiceClock;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.AnswerSheets;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Wait;
import org.carepathway.scenario.ScenarioPlayer;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The same room in the same minutes, booked over FHIR by two at the same moment. */
class BookingClashTest extends RunningService {

  private static final String TAKEN = "Angio 1 is taken from ";

  @Autowired private ScenarioPlayer player;
  @Autowired private AnswerSheets sheets;
  @Autowired private Pathways pathways;
  @Autowired private ServiceClock serviceClock;
  @Autowired private Clock clock;

  @Test
  void ofTwoWhoBookAtOnceOneIsToldOfTheOther() throws Exception {
    FhirClient fhir = new FhirClient(port());
    List<Scenario.Step> steps = HappyPath.scenario().steps();
    List<String> referrals = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      String patient = fhir.sendPatient("boehm-cassaundra.json");
      referrals.add(fhir.refer(patient).getIdElement().getIdPart());
    }
    Answer booking = upToTheBooking(steps, referrals);

    List<QuestionnaireResponse> answers = new ArrayList<>();
    List<String> tasks = new ArrayList<>();
    for (String referral : referrals) {
      Task task = fhir.openTasks(referral).get(0);
      assertThat(task.getCode().getCodingFirstRep().getCode()).isEqualTo("BookProcedure");
      tasks.add(task.getIdElement().getIdPart());
      answers.add(
          sheets.fill(
              pathways
                  .view(pathway(referral))
                  .orElseThrow()
                  .content()
                  .questionnaire(
                      task.getInputFirstRep().getValue().primitiveValue().replaceAll("^.*/", "")),
              fhir.populate("scheduler", tasks.get(tasks.size() - 1)),
              booking.answers()));
    }

    List<String> refusals = atOnce(fhir, tasks, answers);

    assertThat(refusals).filteredOn(String::isEmpty).hasSize(1);
    assertThat(refusals).filteredOn(text -> text.contains(TAKEN)).hasSize(1);
    assertThat(refusals).noneMatch(text -> text.contains("Boehm") || text.contains("Cassaundra"));
    int told = refusals.get(0).isEmpty() ? 1 : 0;
    assertThatExceptionOfType(UnprocessableEntityException.class)
        .as("nobody can confirm that a room is used twice")
        .isThrownBy(() -> confirmed(fhir, tasks.get(told), answers.get(told)))
        .satisfies(
            refused -> assertThat(refused.getResponseBody()).contains(TAKEN, "Bay 4 is taken"));
    assertThat(fhir.openTasks(referrals.get(told)).get(0).getStatus())
        .isEqualTo(Task.TaskStatus.READY);
  }

  private Answer upToTheBooking(List<Scenario.Step> steps, List<String> referrals) {
    for (Scenario.Step step : steps) {
      if (step instanceof Wait wait) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        serviceClock.advance(Duration.between(now, now.plus(wait.time())));
      } else if (step instanceof Answer answer) {
        if (answer.task().equals("BookProcedure")) {
          return answer;
        }
        referrals.forEach(referral -> player.play(pathway(referral), answer));
      }
    }
    throw new IllegalStateException("the scenario books nothing");
  }

  private UUID pathway(String referral) {
    return pathways.ofReferral(referral).orElseThrow().id();
  }

  /** What each was told; empty when the booking was taken. */
  private static List<String> atOnce(
      FhirClient fhir, List<String> tasks, List<QuestionnaireResponse> answers) throws Exception {
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      List<Future<String>> told = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        String task = tasks.get(i);
        QuestionnaireResponse answer = answers.get(i);
        told.add(
            both.submit(
                () -> {
                  try {
                    fhir.complete("scheduler", task, answer);
                    return "";
                  } catch (UnprocessableEntityException refused) {
                    return refused.getResponseBody();
                  }
                }));
      }
      return List.of(told.get(0).get(), told.get(1).get());
    } finally {
      both.shutdownNow();
    }
  }

  private static Task confirmed(FhirClient fhir, String task, QuestionnaireResponse answers) {
    Parameters parameters = new Parameters();
    parameters.addParameter().setName("response").setResource(answers);
    parameters.addParameter("confirm", new BooleanType(true));
    return fhir.as("scheduler")
        .operation()
        .onInstance(new IdType("Task", task))
        .named("$complete")
        .withParameters(parameters)
        .returnResourceType(Task.class)
        .execute();
  }
}
