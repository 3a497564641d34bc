package org.carepathway.content;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carepathway.form.FormReader;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** From files to the content of a pathway. */
@Component
class ContentParser {

  static final String POLICY = "policy.yaml";
  static final String CARDS = "cards.yaml";

  private final FhirContext fhirContext;
  private final PolicySettings settings;
  private final FormReader reader;
  private final FhirPaths paths;

  ContentParser(
      FhirContext fhirContext, PolicySettings settings, FormReader reader, FhirPaths paths) {
    this.fhirContext = fhirContext;
    this.settings = settings;
    this.reader = reader;
    this.paths = paths;
  }

  /**
   * Files of one pathway and those that it inherits: what its content is.
   *
   * @throws ContentException when the pathway inherited from is not there in that version, or
   *     inherits itself
   */
  List<ContentFile> allFilesOf(String key, Collection<ContentFile> files) {
    List<ContentFile> own = PathwayFiles.of(key, files);
    Optional<Inheritance> inheritance = plan(key, own).flatMap(Inheritance::of);
    if (inheritance.isEmpty()) {
      return own;
    }
    String parent = inheritance.get().key();
    List<ContentFile> inherited = PathwayFiles.of(parent, files);
    if (plan(parent, inherited)
        .filter(plan -> Objects.equals(plan.getVersion(), inheritance.get().version()))
        .filter(plan -> Inheritance.of(plan).isEmpty())
        .isEmpty()) {
      throw fault(
          PathwayFiles.plan(key),
          "depends on %s %s, which is not here or inherits itself."
              .formatted(parent, inheritance.get().version()),
          "Name a pathway of this content in its present version.");
    }
    return inheritance.get().merge(key, own, inherited);
  }

  /**
   * @param files all of the pathway, inherited ones too
   * @throws ContentException when a file is not FHIR, the PlanDefinition is missing or a policy
   *     value does not fit
   */
  PathwayContent parse(String key, Collection<ContentFile> files) {
    Map<String, String> models =
        files.stream()
            .filter(file -> file.isIn("bpmn") && !file.name().endsWith(".yaml"))
            .collect(
                Collectors.toMap(
                    ContentFile::name, ContentFile::body, (a, b) -> a, LinkedHashMap::new));
    Policy policy = policy(key, files);
    Map<String, Questionnaire> forms = new LinkedHashMap<>();
    Map<String, Resource> templates = new LinkedHashMap<>();
    Map<String, String> texts = new LinkedHashMap<>();
    List<ConceptMap> kinds = new ArrayList<>();
    for (ContentFile file : files) {
      if (file.isOf("Questionnaire")) {
        Questionnaire form = (Questionnaire) resource(filled(file, policy));
        keys(key, form).forEach(formKey -> forms.put(formKey, form));
      } else if (file.isOf("template")) {
        templates.put(file.name().replace(".json", ""), resource(file));
      } else if (file.isOf("ConceptMap")) {
        kinds.add((ConceptMap) resource(file));
      } else if (file.isOf("text")) {
        texts.put(file.name().replace(".md", ""), file.body());
      }
    }
    PlanDefinition plan =
        plan(key, files)
            .orElseThrow(
                () ->
                    fault(
                        "fhir-profiles/" + key,
                        "the pathway has no PlanDefinition.",
                        "Add PlanDefinition/" + key + ".json."));
    return new PathwayContent(
        key,
        plan.getVersion(),
        plan,
        models,
        policy,
        forms,
        templates,
        texts,
        kinds,
        table(key, CARDS, files, Cards::parse, Cards.NONE),
        table(key, SentTable.FILE, files, SentTable::parse, SentTable.NONE),
        table(key, WaitingTable.FILE, files, WaitingTable::parse, WaitingTable.NONE),
        new Reading(reader, paths, models));
  }

  private static ContentFile filled(ContentFile form, Policy policy) {
    try {
      return new ContentFile(form.path(), PolicyText.in(form.body(), policy));
    } catch (IllegalArgumentException e) {
      throw fault(form.path(), e.getMessage() + ".", "Name a value of " + POLICY + ".");
    }
  }

  /** A form that replaces an inherited one is found by that one's key too. */
  private static List<String> keys(String pathway, Questionnaire form) {
    String key = form.getIdElement().getIdPart() + '|' + form.getVersion();
    return List.of(key, key.replaceFirst("-" + pathway + "$", ""));
  }

  private Optional<PlanDefinition> plan(String key, Collection<ContentFile> files) {
    return files.stream()
        .filter(file -> file.path().equals(PathwayFiles.plan(key)))
        .findFirst()
        .map(file -> (PlanDefinition) resource(file));
  }

  /** Inherited values first: the pathway's own replace them. */
  private Policy policy(String key, Collection<ContentFile> files) {
    try {
      return files.stream()
          .filter(file -> file.name().equals(POLICY))
          .sorted(Comparator.comparing(file -> file.isIn("bpmn/" + key)))
          .map(file -> Policy.parse(file.body()))
          .reduce(Policy.NONE, Policy::and)
          .with(settings.policy().getOrDefault(key, Map.of()));
    } catch (IllegalArgumentException e) {
      throw fault(
          "bpmn/" + key + '/' + POLICY,
          e.getMessage() + ".",
          "Mend it, or the setting carepathway.policy." + key + ".");
    }
  }

  /** A table of a pathway's own folder; none is one that says nothing. */
  private static <T> T table(
      String key, String name, Collection<ContentFile> files, Function<String, T> read, T none) {
    try {
      return files.stream()
          .filter(file -> file.name().equals(name))
          .findFirst()
          .map(file -> read.apply(file.body()))
          .orElse(none);
    } catch (IllegalArgumentException e) {
      throw fault("bpmn/" + key + '/' + name, e.getMessage() + ".", "Mend it.");
    }
  }

  Resource resource(ContentFile file) {
    try {
      IParser parser = fhirContext.newJsonParser();
      parser.setParserErrorHandler(new StrictErrorHandler());
      return (Resource) parser.parseResource(PolicyText.named(file.body()));
    } catch (DataFormatException | ClassCastException e) {
      throw fault(file.path(), "not FHIR R4: " + e.getMessage(), "Mend it.");
    }
  }

  private static ContentException fault(String file, String problem, String remedy) {
    return new ContentException(List.of(new ContentProblem(file, "", problem, remedy)));
  }
}
