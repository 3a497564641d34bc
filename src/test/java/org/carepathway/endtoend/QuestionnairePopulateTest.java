package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Forms as clients ask for them that know SDC and nothing of tasks. */
class QuestionnairePopulateTest extends RunningService {

  private static final String LAUNCH =
      "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-launchContext";

  private FhirClient fhir;
  private Door door;
  private String patient;
  private Task task;
  private Questionnaire form;

  @BeforeEach
  void refer() throws Exception {
    fhir = new FhirClient(port());
    door = new Door(port(), "referrer");
    patient = fhir.sendPatient("hammes-wilhemina.json");
    task = fhir.openTasks(fhir.refer(patient).getIdElement().getIdPart()).get(0);
    String[] canonical = canonical().split("[|]");
    form =
        FhirClient.resources(
                fhir.as("referrer")
                    .search()
                    .byUrl("Questionnaire?url=" + canonical[0] + "&version=" + canonical[1]),
                Questionnaire.class)
            .get(0);
  }

  @Test
  void theAnswersAreThoseOfTheTask() throws Exception {
    QuestionnaireResponse expected = fhir.populate("referrer", task.getIdElement().getIdPart());
    for (Parameters asked :
        List.of(
            parameters("canonical", canonical()),
            parameters("canonical", canonical().split("[|]")[0]),
            parameters("questionnaireRef", null))) {
      assertThat(same(populated(post("Questionnaire/$populate", asked)))).isEqualTo(same(expected));
    }
    String instance = "Questionnaire/" + form.getIdElement().getIdPart() + "/$populate";
    assertThat(same(populated(post(instance, parameters(null, null))))).isEqualTo(same(expected));
    Parameters inContext = parameters(null, null);
    var context = inContext.addParameter().setName("context");
    context.addPart().setName("name").setValue(new org.hl7.fhir.r4.model.StringType("task"));
    context
        .addPart()
        .setName("content")
        .setValue(new Reference("Task/" + task.getIdElement().getIdPart()));
    assertThat(same(populated(post(instance, inContext)))).isEqualTo(same(expected));
    Parameters whole = parameters(null, null);
    whole.addParameter().setName("questionnaire").setResource(form);
    assertThat(same(populated(post("Questionnaire/$populate", whole)))).isEqualTo(same(expected));
  }

  @Test
  void aSecondPathwayMakesTheContextNecessary() throws Exception {
    Task other = fhir.openTasks(fhir.refer(patient).getIdElement().getIdPart()).get(0);
    HttpResponse<String> answer =
        post("Questionnaire/$populate", parameters("canonical", canonical()));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains(task.getIdElement().getIdPart(), other.getIdElement().getIdPart());
    Parameters asked = parameters("canonical", canonical());
    asked
        .addParameter()
        .setName("context")
        .addPart()
        .setName("content")
        .setValue(new Reference("CarePlan/" + plan(other)));
    assertThat(populated(post("Questionnaire/$populate", asked)).getItem()).isNotEmpty();
  }

  @Test
  void aFormThatNothingAsksIsNotThereNorForWhoDoesNotSeeThePatient() throws Exception {
    Door south = new Door(port(), "south");
    Parameters asked = parameters("canonical", canonical());
    Parameters missing = parameters("canonical", canonical());
    missing.getParameter().get(0).setValue(new Reference("Patient/nobody"));
    HttpResponse<String> hidden = south.send("POST", "Questionnaire/$populate", asked);
    HttpResponse<String> absent = south.send("POST", "Questionnaire/$populate", missing);
    assertThat(hidden.statusCode()).isEqualTo(404).isEqualTo(absent.statusCode());
    assertThat(hidden.body()).isEqualTo(absent.body().replace("nobody", patient));
    Questionnaire another =
        FhirClient.resources(
                fhir.as("referrer").search().byUrl("Questionnaire?_count=100"), Questionnaire.class)
            .stream()
            .filter(other -> other.getUrl().endsWith("/procedure"))
            .findFirst()
            .orElseThrow();
    assertThat(
            post("Questionnaire/$populate", parameters("canonical", another.getUrl())).statusCode())
        .isEqualTo(404);
    assertThat(post("Questionnaire/$populate", parameters("canonical", "urn:x")).statusCode())
        .isEqualTo(404);
    assertThat(post("Questionnaire/$populate", new Parameters()).statusCode()).isEqualTo(400);
    assertThat(post("Questionnaire/$populate", parameters(null, null)).statusCode()).isEqualTo(400);
    assertThat(door.get("Questionnaire/$populate").statusCode()).isBetween(400, 405);
  }

  @Test
  void aPackageHasTheOptionsOfEveryChoice() throws Exception {
    for (Questionnaire some :
        FhirClient.resources(
            fhir.as("nurse").search().byUrl("Questionnaire?_count=200"), Questionnaire.class)) {
      HttpResponse<String> answer =
          door.get("Questionnaire/" + some.getIdElement().getIdPart() + "/$questionnaire-package");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      Bundle all = Door.parse(Bundle.class, answer.body());
      Set<String> withOptions = new HashSet<>();
      all.getEntry().stream()
          .filter(entry -> entry.getResource() instanceof ValueSet)
          .map(entry -> (ValueSet) entry.getResource())
          .filter(valueSet -> valueSet.getExpansion().hasContains())
          .forEach(valueSet -> withOptions.add(valueSet.getUrl()));
      items(some.getItem())
          .filter(QuestionnaireItemComponent::hasAnswerValueSet)
          .forEach(
              item ->
                  assertThat(withOptions)
                      .as(some.getUrl() + ' ' + item.getLinkId())
                      .contains(item.getAnswerValueSet().split("[|]")[0]));
    }
    assertThat(door.get("Questionnaire/$questionnaire-package").statusCode()).isEqualTo(400);
    assertThat(
            door.get("Questionnaire/$questionnaire-package?canonical=" + form.getUrl())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aFormSaysWhatItsExpressionsSeeAndWhereThatIs() throws Exception {
    for (Questionnaire some :
        FhirClient.resources(
            fhir.as("nurse").search().byUrl("Questionnaire?_count=200"), Questionnaire.class)) {
      String text = Door.json(some);
      Set<String> declared = new HashSet<>();
      some.getExtensionsByUrl(LAUNCH)
          .forEach(
              extension ->
                  declared.add(
                      ((org.hl7.fhir.r4.model.Coding)
                              extension.getExtensionByUrl("name").getValue())
                          .getCode()));
      for (String name : List.of("record", "policy", "patient", "activity", "referral", "user")) {
        boolean used = text.matches("(?s).*%" + name + "\\b.*");
        assertThat(declared.contains(name)).as(some.getUrl() + " %" + name).isEqualTo(used);
      }
    }
    PlanDefinition plan =
        FhirClient.resources(
                fhir.as("nurse").search().byUrl("PlanDefinition?_count=50"), PlanDefinition.class)
            .get(0);
    Parameters policy =
        Door.parse(
            Parameters.class,
            door.get("PlanDefinition/" + plan.getIdElement().getIdPart() + "/$policy").body());
    assertThat(policy.getParameter())
        .isNotEmpty()
        .allMatch(parameter -> parameter.hasName() && parameter.hasValue());
    assertThat(door.get("PlanDefinition/none/$policy").statusCode()).isEqualTo(404);
  }

  private static Stream<QuestionnaireItemComponent> items(List<QuestionnaireItemComponent> items) {
    return items.stream().flatMap(item -> Stream.concat(Stream.of(item), items(item.getItem())));
  }

  private static String plan(Task task) {
    return new IdType(task.getBasedOnFirstRep().getReference()).getIdPart();
  }

  private String canonical() {
    return task.getInputFirstRep().getValue().primitiveValue();
  }

  private Parameters parameters(String name, String canonical) {
    Parameters parameters = new Parameters();
    parameters.addParameter().setName("subject").setValue(new Reference("Patient/" + patient));
    if ("questionnaireRef".equals(name)) {
      parameters
          .addParameter()
          .setName(name)
          .setValue(new Reference("Questionnaire/" + form.getIdElement().getIdPart()));
    } else if (name != null) {
      parameters.addParameter().setName(name).setValue(new CanonicalType(canonical));
    }
    return parameters;
  }

  private HttpResponse<String> post(String path, Parameters asked) throws Exception {
    return door.send("POST", path, asked);
  }

  private static QuestionnaireResponse populated(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Parameters parameters = Door.parse(Parameters.class, answer.body());
    assertThat(parameters.getParameterFirstRep().getName()).isEqualTo("response");
    return (QuestionnaireResponse) parameters.getParameterFirstRep().getResource();
  }

  /** Without the moment at which it was filled. */
  private static String same(QuestionnaireResponse answers) {
    return Door.json(answers).replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d\\d:\\d\\d)", "");
  }
}
