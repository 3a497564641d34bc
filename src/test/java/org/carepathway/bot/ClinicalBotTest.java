package org.carepathway.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.carepathway.RunningService;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.endtoend.PathwayTimers;
import org.carepathway.pathway.Pathways;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.UriType;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A bot that knows R4, SDC and the answers of a clinic, and nothing of any pathway, brings a
 * patient from the referral to its end: it takes whatever Task is open, asks for the form, fills
 * what the form asks and sends it.
 */
class ClinicalBotTest extends RunningService {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Autowired private Clock clock;
  @Autowired private ServiceClock serviceClock;
  @Autowired private Pathways pathways;
  @Autowired private JdbcTemplate jdbc;

  private final List<String> done = new ArrayList<>();
  private FhirClient fhir;
  private String referral;

  @Test
  void theFormsSayEnough() throws Exception {
    fhir = new FhirClient(port());
    Knowledge knowledge = Knowledge.read();
    String patient = fhir.sendPatient("boehm-cassaundra.json");
    referral = fhir.refer(patient).getIdElement().getIdPart();
    for (Duration wait : knowledge.waits()) {
      if (!wait.isZero()) {
        serviceClock.advance(wait);
      }
      doOne(next(), knowledge);
    }
    await("the end after " + done)
        .atMost(PATIENCE)
        .until(() -> request().getStatus() == ServiceRequestStatus.COMPLETED);
  }

  /** The one that is due first; a contact comes up on the next working day. */
  private Task next() {
    new PathwayTimers(pathways.ofReferral(referral).orElseThrow().id(), jdbc, serviceClock)
        .until(() -> !fhir.openTasks(referral).isEmpty());
    return await("a task after " + done)
        .atMost(PATIENCE)
        .until(() -> fhir.openTasks(referral), tasks -> !tasks.isEmpty())
        .stream()
        .min(
            Comparator.comparing(
                task -> task.getRestriction().getPeriod().getEnd(),
                Comparator.nullsLast(Comparator.naturalOrder())))
        .orElseThrow();
  }

  private void doOne(Task task, Knowledge knowledge) {
    String role = task.getPerformerTypeFirstRep().getCodingFirstRep().getCode();
    IGenericClient client = fhir.as(USERS.get(role));
    String canonical = task.getInputFirstRep().getValue().primitiveValue();
    Sheet sheet = new Sheet(packaged(client, canonical), knowledge, ZonedDateTime.now(clock));
    QuestionnaireResponse filled = sheet.fill(populated(client, task, canonical));
    String name = task.getCode().getCodingFirstRep().getDisplay() + ' ' + canonical;
    assertThat(sheet.unanswered()).as("required and not known: " + name).isEmpty();
    try {
      complete(client, task, filled, false);
    } catch (UnprocessableEntityException refused) {
      OperationOutcome outcome = (OperationOutcome) refused.getOperationOutcome();
      assertThat(outcome.getIssue())
          .as(name + " after " + done + ' ' + said(outcome))
          .noneMatch(issue -> issue.getSeverity() == IssueSeverity.ERROR);
      complete(client, task, filled, true);
    }
    done.add(canonical.replaceFirst(".*/", ""));
  }

  private static Bundle packaged(IGenericClient client, String canonical) {
    return client
        .operation()
        .onType(Questionnaire.class)
        .named("$questionnaire-package")
        .withParameter(Parameters.class, "canonical", new UriType(canonical))
        .useHttpGet()
        .returnResourceType(Bundle.class)
        .execute();
  }

  private static QuestionnaireResponse populated(
      IGenericClient client, Task task, String canonical) {
    Parameters asked = new Parameters();
    asked.addParameter().setName("canonical").setValue(new CanonicalType(canonical));
    asked.addParameter().setName("subject").setValue(task.getFor());
    asked
        .addParameter()
        .setName("context")
        .addPart()
        .setName("content")
        .setValue(new Reference("Task/" + task.getIdElement().getIdPart()));
    Parameters answer =
        client
            .operation()
            .onType(Questionnaire.class)
            .named("$populate")
            .withParameters(asked)
            .execute();
    return (QuestionnaireResponse) answer.getParameterFirstRep().getResource();
  }

  private static void complete(
      IGenericClient client, Task task, QuestionnaireResponse filled, boolean confirm) {
    Parameters parameters = new Parameters();
    parameters.addParameter().setName("response").setResource(filled);
    parameters.addParameter().setName("confirm").setValue(new BooleanType(confirm));
    client
        .operation()
        .onInstance(new IdType("Task", task.getIdElement().getIdPart()))
        .named("$complete")
        .withParameters(parameters)
        .returnResourceType(Task.class)
        .execute();
  }

  private static List<String> said(OperationOutcome outcome) {
    return outcome.getIssue().stream()
        .map(
            issue ->
                issue.getSeverity() + " " + issue.getExpression() + ' ' + issue.getDiagnostics())
        .toList();
  }

  private ServiceRequest request() {
    return fhir.as("referrer").read().resource(ServiceRequest.class).withId(referral).execute();
  }
}
