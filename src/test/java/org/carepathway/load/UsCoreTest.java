package org.carepathway.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A patient of US Core as Synthea makes them, of every type some entries: loaded as they are, and
 * on a pathway, whose forms know what is on file, each answer of it by the table {@code
 * us-core/prefilled.txt}. She takes clopidogrel and ibuprofen; her naproxen was stopped.
 */
class UsCoreTest extends RunningService {

  private static final Path FILES = Path.of("src/test/resources/us-core");
  private static final int STEPS = 8;

  /** What is asked of the record, by linkId; the rest is of the pathway and of the day. */
  private static final Set<String> FACTS =
      Set.of(
          "patient-name",
          "birth-date",
          "sex",
          "patient-number",
          "phone",
          "anticoagulant",
          "allergies",
          "childbearing",
          "pregnancy",
          "pregnancy-test",
          "drugs-counted",
          "drugs-unclassified",
          "summary-drugs",
          "summary-allergies",
          "risk-flag",
          "thinners-on-file",
          "thinner-drug",
          "thinner-taken",
          "inr",
          "platelets",
          "haemoglobin",
          "creatinine",
          "egfr",
          "labs-at",
          "weight",
          "height",
          "t-score",
          "dxa-date",
          "mri-contra",
          "cancer-history",
          "prior-fractures");

  @TempDir Path folder;
  @Autowired private Pathways pathways;
  @Autowired private ScenarioPlayer player;

  @Test
  void goesInAsItWasMadeAndIsReadRight() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code =
        LoadCommand.run(
            new String[] {
              LoadCommand.NAME,
              FILES.toString(),
              "--to=http://localhost:" + port() + "/fhir",
              "--user=ehr",
              "--part=20",
              "--journal=" + folder.resolve("journal.tsv"),
              "--refused=" + folder.resolve("refused.tsv")
            },
            Map.of(LoadOptions.PASSWORD, "ehr"),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();

    FhirClient fhir = new FhirClient(port());
    Patient patient =
        FhirClient.resources(
                fhir.as("nurse").search().byUrl("Patient?family=Howe413"), Patient.class)
            .get(0);
    String id = patient.getIdElement().getIdPart();
    assertThat(patient.getMeta().getProfile().get(0).getValue()).contains("us-core-patient");
    assertThat(counted(fhir, id)).isEqualTo(sent());

    String referral = fhir.refer(id).getIdElement().getIdPart();
    Pathway pathway = pathways.ofReferral(referral).orElseThrow();
    Scenario scenario = HappyPath.scenario();
    List<Answer> answers =
        scenario.steps().stream()
            .filter(Answer.class::isInstance)
            .map(Answer.class::cast)
            .limit(STEPS)
            .toList();
    List<String> prefilled = new ArrayList<>();
    for (Answer step : answers) {
      var task = fhir.openTasks(referral).get(0);
      String user = USERS.get(task.getPerformerTypeFirstRep().getCodingFirstRep().getCode());
      QuestionnaireResponse first = fhir.populate(user, task.getIdElement().getIdPart());
      answered(first).forEach(answer -> prefilled.add(step.task() + ' ' + answer));
      if (step != answers.get(STEPS - 1)) {
        Map<String, Object> own = new TreeMap<>(step.answers());
        own.remove("anticoagulant");
        player.play(pathway.id(), new Answer(step.task(), own));
      }
    }
    assertThat(prefilled)
        .containsExactlyElementsOf(Files.readAllLines(FILES.resolve("prefilled.txt")));
    Caller coordinator = new Caller(port(), "coordinator").signIn();
    for (String page : List.of("/worklist", "/pathways", "/pathways/" + pathway.id(), "/board")) {
      assertThat(coordinator.page(page).statusCode()).as(page).isEqualTo(200);
    }
    assertThat(coordinator.page("/pathways/" + pathway.id()).body()).contains("Howe413");
  }

  /** How many of each type are in the record of the patient. */
  private static Map<String, Integer> counted(FhirClient fhir, String patient) throws Exception {
    Map<String, Integer> counts = new TreeMap<>();
    for (String type : sent().keySet()) {
      counts.put(
          type,
          FhirClient.resources(
                  fhir.as("coordinator").search().byUrl(type + "?_count=500&patient=" + patient),
                  Resource.class)
              .size());
    }
    return counts;
  }

  private static Map<String, Integer> sent() throws Exception {
    Map<String, Integer> counts = new TreeMap<>();
    new com.fasterxml.jackson.databind.ObjectMapper()
        .readTree(FILES.resolve("lieselotte.json").toFile())
        .path("entry")
        .forEach(
            entry ->
                counts.merge(
                    entry.path("resource").path("resourceType").asText(), 1, Integer::sum));
    counts.keySet().removeAll(List.of("Patient", "Medication", "Claim", "ExplanationOfBenefit"));
    return counts;
  }

  /** Each fact that a form begins with, as {@code linkId value}, in the order of the form. */
  private static Stream<String> answered(QuestionnaireResponse first) {
    return first.getItem().stream()
        .flatMap(UsCoreTest::all)
        .filter(item -> FACTS.contains(item.getLinkId()))
        .flatMap(
            item ->
                item.getAnswer().stream()
                    .map(answer -> item.getLinkId() + ' ' + text(answer.getValue())));
  }

  private static String text(Type value) {
    return value instanceof Coding code
        ? code.getCode()
        : value instanceof Quantity quantity
            ? quantity.getValue().toPlainString() + ' ' + quantity.getUnit()
            : value.primitiveValue();
  }

  private static Stream<QuestionnaireResponseItemComponent> all(
      QuestionnaireResponseItemComponent item) {
    return Stream.concat(
        Stream.of(item),
        Stream.concat(
                item.getItem().stream(),
                item.getAnswer().stream().flatMap(answer -> answer.getItem().stream()))
            .flatMap(UsCoreTest::all));
  }
}
