package org.carepathway.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.hl7.fhir.r4.model.RelatedArtifact;
import org.hl7.fhir.r4.model.RelatedArtifact.RelatedArtifactType;

/**
 * The pathway that another one depends on: the heir has its files too, except its main process and
 * its PlanDefinition, which {@link Heirs} gives it under its own name. An own file of the same name
 * replaces the inherited one.
 *
 * @param key of the pathway inherited from
 * @param version that is inherited
 */
public record Inheritance(String key, String version) {

  private static final String PLAN = "/PlanDefinition/";

  /** What the plan inherits; empty when it stands alone. */
  static Optional<Inheritance> of(PlanDefinition plan) {
    return plan.getRelatedArtifact().stream()
        .filter(artifact -> artifact.getType() == RelatedArtifactType.DEPENDSON)
        .map(RelatedArtifact::getResource)
        .filter(resource -> resource != null && resource.contains(PLAN))
        .map(resource -> resource.substring(resource.indexOf(PLAN) + PLAN.length()) + '|')
        .map(canonical -> new Inheritance(part(canonical, 0), part(canonical, 1)))
        .findFirst();
  }

  /** The same of a plan that is not read yet. */
  static Optional<Inheritance> of(JsonNode plan) {
    PlanDefinition related = new PlanDefinition();
    plan.path("relatedArtifact")
        .forEach(
            artifact ->
                related
                    .addRelatedArtifact()
                    .setType(RelatedArtifactType.fromCode(artifact.path("type").asText(null)))
                    .setResource(artifact.path("resource").asText(null)));
    return of(related);
  }

  /** The heir's files and those of the pathway inherited from that it does not replace. */
  List<ContentFile> merge(String heir, List<ContentFile> own, List<ContentFile> inherited) {
    Set<String> replaced =
        own.stream().map(file -> withoutKey(file, heir)).collect(Collectors.toSet());
    List<ContentFile> files = new ArrayList<>(own);
    inherited.stream()
        .filter(file -> !isPlanOrMain(file))
        .filter(file -> isPolicy(file) || !replaced.contains(withoutKey(file, key)))
        .forEach(files::add);
    return files;
  }

  private boolean isPlanOrMain(ContentFile file) {
    return file.isIn("fhir-profiles/" + key + "/PlanDefinition")
        || file.path().equals("bpmn/%s/%s.bpmn".formatted(key, key));
  }

  /** Policy values are replaced one by one, not by the file. */
  private static boolean isPolicy(ContentFile file) {
    return file.name().equals(ContentParser.POLICY);
  }

  private static String withoutKey(ContentFile file, String key) {
    return file.path().replaceFirst("/" + key + "/", "/");
  }

  private static String part(String canonical, int number) {
    return canonical.split("\\|", -1)[number];
  }
}
