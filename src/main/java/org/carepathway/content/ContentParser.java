package org.carepathway.content;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** From files to the content of a pathway. */
@Component
class ContentParser {

  private static final String POLICY = "policy.yaml";

  private final FhirContext fhirContext;
  private final PolicySettings settings;

  ContentParser(FhirContext fhirContext, PolicySettings settings) {
    this.fhirContext = fhirContext;
    this.settings = settings;
  }

  /** The keys of the pathways that have a folder under {@code bpmn/}. */
  static List<String> pathwayKeys(Collection<ContentFile> files) {
    return files.stream()
        .filter(file -> file.isIn("bpmn"))
        .map(file -> file.path().split("/")[1])
        .distinct()
        .toList();
  }

  /** Files of one pathway: its models and its FHIR content, without examples and base. */
  static List<ContentFile> filesOf(String key, Collection<ContentFile> files) {
    return files.stream()
        .filter(file -> file.isIn("bpmn/" + key) || file.isIn("fhir-profiles/" + key))
        .filter(file -> !file.path().contains("/examples/"))
        .toList();
  }

  /**
   * @throws ContentException when a file is not FHIR, the PlanDefinition is missing or a policy
   *     value does not fit
   */
  PathwayContent parse(String key, Collection<ContentFile> files) {
    Map<String, String> models =
        files.stream()
            .filter(file -> file.isIn("bpmn") && !file.name().equals(POLICY))
            .collect(
                Collectors.toMap(
                    ContentFile::name, ContentFile::body, (a, b) -> a, LinkedHashMap::new));
    Map<String, Questionnaire> forms = new LinkedHashMap<>();
    Map<String, Resource> templates = new LinkedHashMap<>();
    PlanDefinition plan = null;
    for (ContentFile file : files) {
      if (file.isIn("fhir-profiles/" + key + "/Questionnaire")) {
        Questionnaire form = (Questionnaire) resource(file);
        forms.put(form.getIdElement().getIdPart() + '|' + form.getVersion(), form);
      } else if (file.isIn("fhir-profiles/" + key + "/template")) {
        templates.put(file.name().replace(".json", ""), resource(file));
      } else if (file.path()
          .equals("fhir-profiles/%s/PlanDefinition/%s.json".formatted(key, key))) {
        plan = (PlanDefinition) resource(file);
      }
    }
    if (plan == null) {
      throw new ContentException(
          List.of(
              new ContentProblem(
                  "fhir-profiles/" + key,
                  "",
                  "the pathway has no PlanDefinition.",
                  "Add PlanDefinition/" + key + ".json.")));
    }
    return new PathwayContent(
        key, plan.getVersion(), plan, models, policy(key, files), forms, templates);
  }

  private Policy policy(String key, Collection<ContentFile> files) {
    try {
      return files.stream()
          .filter(file -> file.name().equals(POLICY))
          .findFirst()
          .map(file -> Policy.parse(file.body()))
          .orElse(Policy.NONE)
          .with(settings.policy().getOrDefault(key, Map.of()));
    } catch (IllegalArgumentException e) {
      throw new ContentException(
          List.of(
              new ContentProblem(
                  "bpmn/" + key + '/' + POLICY,
                  "",
                  e.getMessage() + ".",
                  "Mend it, or the setting carepathway.policy." + key + ".")));
    }
  }

  Resource resource(ContentFile file) {
    try {
      IParser parser = fhirContext.newJsonParser();
      parser.setParserErrorHandler(new StrictErrorHandler());
      return (Resource) parser.parseResource(file.body());
    } catch (DataFormatException | ClassCastException e) {
      throw new ContentException(
          List.of(
              new ContentProblem(file.path(), "", "not FHIR R4: " + e.getMessage(), "Mend it.")));
    }
  }
}
