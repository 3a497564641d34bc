package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A pathway that depends on another has its content too. */
class InheritanceTest {

  private static final ContentParser PARSER =
      new ContentParser(FhirContext.forR4Cached(), new PolicySettings(Map.of()));
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
    assertThat(knee.form("operation|1.0.0").getVersion()).isEqualTo("1.0.0-knee");
  }

  @Test
  void anOwnTemplateReplacesTheInheritedOne() {
    assertThat(knee().template("letter").getLanguage()).isEqualTo("knee");
    assertThat(knee().template("summary").getLanguage()).isEqualTo("hip");
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
