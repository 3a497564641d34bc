package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.junit.jupiter.api.Test;

/** A pathway that depends on another has its content too. */
class InheritanceTest {

  private static final ContentParser PARSER = ContentOnDisk.PARSER;
  private static final List<ContentFile> HIP =
      List.of(
          plan("hip", "1.0.0", null),
          new ContentFile("bpmn/hip/hip.bpmn", "main"),
          new ContentFile("bpmn/hip/hip-ward.bpmn", "ward"),
          new ContentFile("bpmn/hip/length.dmn", "length"),
          policy("hip", "stay-days: {value: 5,", "pain-max: {value: 3,"),
          form("hip", "operation", "1.0.0"),
          form("hip", "ward", "1.0.0"),
          template("hip", "letter", "hip"),
          template("hip", "summary", "hip"));
  private static final List<ContentFile> KNEE =
      List.of(
          plan("knee", "2.0.0", "hip|1.0.0"),
          new ContentFile("bpmn/knee/knee.bpmn", "own main"),
          new ContentFile("bpmn/knee/length.dmn", "own length"),
          policy("knee", "stay-days: {value: 3,"),
          form("knee", "operation", "1.0.0-knee"),
          template("knee", "letter", "knee"));

  private static final String MAIN =
      """
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="t">
        <bpmn:collaboration id="c">
          <bpmn:participant id="p" name="Foot" processRef="foot" />
        </bpmn:collaboration>
        <bpmn:process id="foot" name="Foot" camunda:versionTag="1.0.0" isExecutable="true" />
      </bpmn:definitions>
      """;

  @Test
  void modelsAreInheritedExceptTheMainProcess() {
    assertThat(knee().models())
        .isEqualTo(
            Map.of("knee.bpmn", "own main", "hip-ward.bpmn", "ward", "length.dmn", "own length"));
  }

  @Test
  void anOwnFormIsFoundByTheKeyOfTheOneThatItReplaces() {
    PathwayContent knee = knee();
    assertThat(knee.forms())
        .containsOnlyKeys("operation|1.0.0", "operation|1.0.0-knee", "ward|1.0.0");
    assertThat(knee.questionnaire("operation|1.0.0").getVersion()).isEqualTo("1.0.0-knee");
  }

  @Test
  void anOwnTemplateReplacesTheInheritedOne() {
    assertThat(knee().templates().get("letter").getLanguage()).isEqualTo("knee");
    assertThat(knee().templates().get("summary").getLanguage()).isEqualTo("hip");
  }

  @Test
  void policyValuesAreReplacedOneByOne() {
    assertThat(knee().policy().feel()).isEqualTo(Map.of("stayDays", 3L, "painMax", 3L));
  }

  @Test
  void aModelMayHaveTheVersionThatIsInherited() {
    assertThat(knee().versions()).containsExactlyInAnyOrder("1.0.0", "2.0.0");
  }

  @Test
  void whatIsKeptOfAVersionIsWholeWithoutTheOtherPathway() {
    List<ContentFile> kept = new ArrayList<>(PARSER.allFilesOf("knee", all(KNEE)));
    kept.sort(java.util.Comparator.comparing(ContentFile::path));
    assertThat(PARSER.parse("knee", kept).models()).isEqualTo(knee().models());
    assertThat(PARSER.parse("knee", kept).policy()).isEqualTo(knee().policy());
  }

  @Test
  void aPathwayThatDependsOnNoneHasItsOwnFilesOnly() {
    assertThat(PARSER.allFilesOf("hip", all(KNEE))).isEqualTo(HIP);
  }

  @Test
  void anotherVersionIsRefused() {
    assertRefused(List.of(plan("knee", "2.0.0", "hip|0.9.0")), "depends on hip 0.9.0");
    assertRefused(List.of(plan("knee", "2.0.0", "hand|1.0.0")), "depends on hand 1.0.0");
    assertRefused(List.of(plan("knee", "2.0.0", "knee|2.0.0")), "inherits itself");
  }

  /** A form derived from an inherited one says only what differs. */
  @Test
  void anOwnFormMayChangeAndAddToAnInheritedOne() {
    ContentFile whole =
        completed(
            "fhir-profiles/toe/Questionnaire/operation.json",
            """
            {"resourceType": "Questionnaire", "id": "operation", "version": "1.0.0-toe",
             "derivedFrom": ["https://example.org/operation|1.0.0"],
             "item": [
               {"linkId": "levels", "item": [
                 {"linkId": "needle", "text": "Needle of the toe"},
                 {"linkId": "balloon", "type": "decimal", "text": "Balloon"}]},
               {"linkId": "first", "type": "string", "text": "Before all that follows"}]}
            """);
    assertThat(FhirContext.forR4Cached().newJsonParser().parseResource(whole.body()))
        .isInstanceOfSatisfying(
            Questionnaire.class,
            form -> {
              assertThat(form.getVersion()).isEqualTo("1.0.0-toe");
              assertThat(form.getUrl()).isEqualTo("https://example.org/operation");
              assertThat(form.getItem())
                  .extracting(QuestionnaireItemComponent::getLinkId)
                  .containsExactly("levels", "first", "end");
              QuestionnaireItemComponent levels = form.getItemFirstRep();
              assertThat(levels.getType()).hasToString("GROUP");
              assertThat(levels.getItem())
                  .extracting(QuestionnaireItemComponent::getText)
                  .containsExactly("Needle of the toe", "Balloon", "Cement");
            });
  }

  @Test
  void anHeirThatChangesWhatIsNotThereIsRefused() {
    assertThatThrownBy(
            () ->
                completed(
                    "fhir-profiles/toe/Questionnaire/operation.json",
                    """
                    {"resourceType": "Questionnaire", "id": "operation",
                     "derivedFrom": ["https://example.org/operation|1.0.0"],
                     "item": [{"linkId": "needel", "text": "Needle"}]}
                    """))
        .isInstanceOf(ContentException.class)
        .hasMessageContaining("Questionnaire/operation.json")
        .hasMessageContaining("changes item 'needel', which is not inherited here");
  }

  @Test
  void thePlanAndTheMainProcessAreInheritedUnderTheHeirsName() {
    String form =
        """
        {"resourceType": "Questionnaire", "id": "operation", "version": "1.0.0-toe",
         "derivedFrom": ["https://example.org/operation|1.0.0"]}
        """;
    ContentFile plan = completed("fhir-profiles/toe/PlanDefinition/toe.json", form);
    PlanDefinition read =
        (PlanDefinition) FhirContext.forR4Cached().newJsonParser().parseResource(plan.body());
    assertThat(read.getTitle()).isEqualTo("Toe");
    assertThat(read.getActionFirstRep().getAction())
        .extracting(action -> action.getDefinitionCanonicalType().getValue())
        .containsExactly("https://example.org/operation|1.0.0-toe");
    assertThat(read.getActionFirstRep().getAction().get(0).getCodeFirstRep().getCodingFirstRep())
        .extracting(Coding::getSystem)
        .isEqualTo("https://carepathway.org/fhir/pathway/toe");

    ContentFile main = completed("bpmn/toe/toe.bpmn", form);
    assertThat(main.body()).contains("id=\"toe\"").contains("versionTag=\"3.0.0\"");
    assertThat(main.body()).contains("name=\"Toe\"").doesNotContain("\"foot\"");
  }

  private static ContentFile completed(String path, String ownForm) {
    List<ContentFile> files =
        List.of(
            new ContentFile(
                "fhir-profiles/foot/PlanDefinition/foot.json",
                """
                {"resourceType": "PlanDefinition", "id": "foot", "version": "1.0.0", "title": "Foot",
                 "action": [{"id": "all", "action": [{"id": "Operate",
                   "code": [{"coding": [{"system": "https://carepathway.org/fhir/pathway/foot"}]}],
                   "definitionCanonical": "https://example.org/operation|1.0.0"}]}]}
                """),
            new ContentFile("bpmn/foot/foot.bpmn", MAIN),
            new ContentFile(
                "fhir-profiles/foot/Questionnaire/operation.json",
                """
                {"resourceType": "Questionnaire", "id": "operation", "version": "1.0.0",
                 "url": "https://example.org/operation",
                 "item": [
                   {"linkId": "levels", "type": "group", "item": [
                     {"linkId": "needle", "type": "string", "text": "Needle"},
                     {"linkId": "cement", "type": "string", "text": "Cement"}]},
                   {"linkId": "end", "type": "string", "text": "End"}]}
                """),
            new ContentFile(
                "fhir-profiles/toe/PlanDefinition/toe.json",
                """
                {"resourceType": "PlanDefinition", "id": "toe", "version": "3.0.0", "title": "Toe",
                 "relatedArtifact": [{"type": "depends-on",
                   "resource": "https://example.org/PlanDefinition/foot|1.0.0"}]}
                """),
            new ContentFile("bpmn/toe/length.dmn", "own length"),
            new ContentFile("fhir-profiles/toe/Questionnaire/operation.json", ownForm));
    return Heirs.complete(files).stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static void assertRefused(List<ContentFile> knee, String why) {
    assertThatThrownBy(() -> PARSER.allFilesOf("knee", all(knee)))
        .isInstanceOf(ContentException.class)
        .hasMessageContaining(why);
  }

  private static PathwayContent knee() {
    return PARSER.parse("knee", PARSER.allFilesOf("knee", all(KNEE)));
  }

  private static List<ContentFile> all(List<ContentFile> knee) {
    List<ContentFile> files = new ArrayList<>(HIP);
    files.addAll(knee);
    return files;
  }

  private static ContentFile plan(String key, String version, String parent) {
    String depends =
        parent == null
            ? ""
            : """
            , "relatedArtifact": [{"type": "documentation", "url": "https://example.org"},
              {"type": "depends-on", "resource": "https://example.org/PlanDefinition/%s"}]
            """
                .formatted(parent);
    return new ContentFile(
        "fhir-profiles/%s/PlanDefinition/%s.json".formatted(key, key),
        """
        {"resourceType": "PlanDefinition", "id": "%s", "version": "%s"%s}
        """
            .formatted(key, version, depends));
  }

  private static ContentFile form(String key, String id, String version) {
    return new ContentFile(
        "fhir-profiles/%s/Questionnaire/%s.json".formatted(key, id),
        """
        {"resourceType": "Questionnaire", "id": "%s", "version": "%s"}
        """
            .formatted(id, version));
  }

  private static ContentFile template(String key, String name, String language) {
    return new ContentFile(
        "fhir-profiles/%s/template/%s.json".formatted(key, name),
        """
        {"resourceType": "CommunicationRequest", "language": "%s"}
        """
            .formatted(language));
  }

  private static ContentFile policy(String key, String... values) {
    return new ContentFile(
        "bpmn/%s/policy.yaml".formatted(key),
        "effective: 2026-11-01\nvalues:\n  "
            + String.join(" source: Own, evidence: LOCAL, meaning: Example}\n  ", values)
            + " source: Own, evidence: LOCAL, meaning: Example}\n");
  }
}
