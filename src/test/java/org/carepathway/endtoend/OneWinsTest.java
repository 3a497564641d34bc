package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carepathway.RunningService;
import org.carepathway.scenario.AnswerSheets;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario.Answer;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Many at the same moment: one task is done once, one referral starts one pathway. */
class OneWinsTest extends RunningService {

  private static final int THREADS = 32;

  @Autowired private AnswerSheets sheets;

  @Test
  void oneOfManyCompletesATask() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String referralId = fhir.refer(fhir.sendPatient("king-eddie.json")).getIdElement().getIdPart();
    Task task = fhir.openTasks(referralId).get(0);
    String id = task.getIdElement().getIdPart();
    Answer answer = HappyPath.referral();
    Questionnaire form =
        FhirClient.resources(
                fhir.as("coordinator")
                    .search()
                    .byUrl(
                        "Questionnaire?name:exact=Referral&version=1.0.0&url=https://carepathway.org/fhir/Questionnaire/referral"),
                Questionnaire.class)
            .get(0);
    QuestionnaireResponse answers =
        sheets.fill(form, fhir.populate("referrer", id), answer.answers());

    List<Integer> statuses =
        together(
            () -> {
              try {
                fhir.complete("referrer", id, answers);
                return 200;
              } catch (BaseServerResponseException e) {
                return e.getStatusCode();
              }
            });

    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 409).hasSize(THREADS - 1);
    assertThat(fhir.openTasks(referralId)).hasSize(1);
  }

  @Test
  void oneReferralSentByManyStartsOnePathway() throws Exception {
    FhirClient fhir = new FhirClient(port());
    ServiceRequest referral = FhirClient.referral(fhir.sendPatient("klein-genevie.json"));

    List<String> ids =
        together(
            () ->
                fhir.as("referrer")
                    .create()
                    .resource(referral.copy())
                    .execute()
                    .getId()
                    .getIdPart());

    assertThat(ids).hasSize(THREADS).containsOnly(ids.get(0));
    assertThat(fhir.openTasks(ids.get(0))).hasSize(1);
    assertThat(
            FhirClient.resources(
                fhir.as("coordinator")
                    .search()
                    .byUrl("CarePlan?subject=" + referral.getSubject().getReference()),
                CarePlan.class))
        .filteredOn(
            plan ->
                plan.getSupportingInfo().stream()
                    .anyMatch(info -> info.getReference().endsWith(ids.get(0))))
        .hasSize(1);
  }

  private static <T> List<T> together(Callable<T> action) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return action.call();
                }));
      }
      start.countDown();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
