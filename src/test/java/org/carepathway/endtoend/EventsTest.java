package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.RunningService;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.AnswerSheets;
import org.carepathway.scenario.HappyPath;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What can happen at any time, told over FHIR; and warnings, which want to be confirmed. */
class EventsTest extends RunningService {

  private static final String SIGNS =
      "red-flag-chest-pain red-flag-breathless red-flag-numbness red-flag-saddle"
          + " red-flag-bladder-bowel red-flag-fever red-flag-wound red-flag-new-pain";

  @Autowired private Pathways pathways;
  @Autowired private AnswerSheets sheets;

  private FhirClient fhir;
  private String patientId;
  private String referralId;

  @BeforeEach
  void refer() throws Exception {
    fhir = new FhirClient(port());
    patientId = fhir.sendPatient("klein-genevie.json");
    referralId = fhir.refer(patientId).getIdElement().getIdPart();
  }

  @Test
  void aRedFlagMakesAnUrgentTaskAtOnce() {
    report("nurse", "RedFlagReported", redFlag(), false);

    Task urgent =
        fhir.openTasks(referralId).stream()
            .filter(task -> task.getCode().getCodingFirstRep().getCode().equals("ActOnRedFlag"))
            .findFirst()
            .orElseThrow();
    assertThat(urgent.getPriority()).isEqualTo(Task.TaskPriority.STAT);
    assertThat(fhir.openTasks(referralId)).hasSize(2);
  }

  @Test
  void theSameReportSentTwiceIsOneReport() {
    QuestionnaireResponse report = redFlag();
    report.getIdentifier().setSystem("https://example.org/calls").setValue(referralId);

    report("nurse", "RedFlagReported", report, false);
    report("nurse", "RedFlagReported", report, false);

    assertThat(fhir.openTasks(referralId)).hasSize(2);
  }

  @Test
  void aReportIsRefusedByFormRoleNameAndTime() {
    QuestionnaireResponse noSign = redFlag();
    noSign.getItem().clear();
    refused(422, "nurse", "RedFlagReported", noSign);
    refused(403, "scheduler", "RedFlagReported", redFlag());
    refused(404, "nurse", "AlienLanded", redFlag());
    assertThat(fhir.openTasks(referralId)).hasSize(1);

    die();
    refused(409, "nurse", "RedFlagReported", redFlag());
  }

  @Test
  void aDeathThatTheEhrStoresEndsThePathway() {
    die();

    assertThat(fhir.openTasks(referralId)).isEmpty();
    Pathway pathway = pathways.ofReferral(referralId).orElseThrow();
    assertThat(pathway.outcome()).isEqualTo("died");
    CarePlan plan =
        fhir.as("nurse").read().resource(CarePlan.class).withId(pathway.carePlanId()).execute();
    assertThat(plan.getStatus()).isEqualTo(CarePlan.CarePlanStatus.REVOKED);
  }

  @Test
  void aWarningIsConfirmedAndKept() throws Exception {
    Task task = fhir.openTasks(referralId).get(0);
    String id = task.getIdElement().getIdPart();
    QuestionnaireResponse answers = unusual(task, id);

    assertThatExceptionOfType(BaseServerResponseException.class)
        .isThrownBy(() -> fhir.complete("referrer", id, answers))
        .satisfies(
            refusal -> {
              assertThat(refusal.getStatusCode()).isEqualTo(422);
              assertThat(((OperationOutcome) refusal.getOperationOutcome()).getIssue())
                  .extracting(issue -> issue.getSeverity().toCode(), i -> i.getDetails().getText())
                  .containsExactly(org.assertj.core.groups.Tuple.tuple("warning", "activity-pain"));
            });

    Task done = complete(id, answers);
    QuestionnaireResponse kept =
        fhir.as("referrer")
            .read()
            .resource(QuestionnaireResponse.class)
            .withId(
                ((org.hl7.fhir.r4.model.Reference) done.getOutputFirstRep().getValue())
                    .getReferenceElement()
                    .getIdPart())
            .execute();
    assertThat(kept.getExtension())
        .extracting(Extension::getUrl)
        .containsExactly("https://carepathway.org/fhir/StructureDefinition/confirmed-warning");
  }

  private QuestionnaireResponse unusual(Task task, String id) throws Exception {
    Map<String, Object> answers = new HashMap<>(HappyPath.referral().answers());
    answers.put("pain-activity", 0);
    return sheets.fill(
        form(task.getInputFirstRep().getValue().primitiveValue()),
        fhir.populate("referrer", id),
        answers);
  }

  private Task complete(String id, QuestionnaireResponse answers) {
    Parameters parameters = new Parameters();
    parameters.addParameter().setName("response").setResource(answers);
    parameters.addParameter("confirm", new BooleanType(true));
    return fhir.as("referrer")
        .operation()
        .onInstance(new IdType("Task", id))
        .named("$complete")
        .withParameters(parameters)
        .returnResourceType(Task.class)
        .execute();
  }

  private void die() {
    Patient patient = fhir.as("nurse").read().resource(Patient.class).withId(patientId).execute();
    patient.setDeceased(DateTimeType.now());
    fhir.as("referrer").update().resource(patient).execute();
  }

  private QuestionnaireResponse redFlag() {
    Map<String, Object> answers = new HashMap<>(Map.of("told-by", "told-patient"));
    answers.put("red-flag-weakness", true);
    List.of(SIGNS.split(" ")).forEach(sign -> answers.put(sign, false));
    QuestionnaireResponse prefilled = fhir.populateEvent("nurse", plan(), "RedFlagReported");
    return sheets.fill(form(prefilled.getQuestionnaire()), prefilled, answers);
  }

  private void report(
      String user, String event, QuestionnaireResponse response, boolean confirmed) {
    Parameters parameters = new Parameters();
    parameters.addParameter("event", event);
    parameters.addParameter("confirm", new BooleanType(confirmed));
    parameters.addParameter().setName("response").setResource(response);
    fhir.as(user)
        .operation()
        .onInstance(plan())
        .named("$report")
        .withParameters(parameters)
        .returnResourceType(CarePlan.class)
        .execute();
  }

  private void refused(int status, String user, String event, QuestionnaireResponse response) {
    assertThatExceptionOfType(BaseServerResponseException.class)
        .isThrownBy(() -> report(user, event, response, false))
        .satisfies(refusal -> assertThat(refusal.getStatusCode()).isEqualTo(status));
  }

  private IdType plan() {
    return new IdType("CarePlan", pathways.ofReferral(referralId).orElseThrow().carePlanId());
  }

  private Questionnaire form(String canonical) {
    String[] url = canonical.split("\\|");
    return FhirClient.resources(
            fhir.as("nurse").search().byUrl("Questionnaire?url=" + url[0] + "&version=" + url[1]),
            Questionnaire.class)
        .get(0);
  }
}
