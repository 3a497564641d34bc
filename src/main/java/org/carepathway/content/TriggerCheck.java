package org.carepathway.content;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A referral asks for one pathway: no two are started by the same code. */
final class TriggerCheck {

  private TriggerCheck() {}

  static List<ContentProblem> of(Collection<PathwayContent> pathways) {
    Map<String, String> owners = new HashMap<>();
    return pathways.stream()
        .flatMap(
            pathway ->
                pathway.triggers().stream()
                    .map(code -> code.getSystem() + '|' + code.getCode())
                    .distinct()
                    .map(code -> taken(pathway.key(), code, owners.put(code, pathway.key()))))
        .filter(problem -> problem != null)
        .toList();
  }

  private static ContentProblem taken(String pathway, String code, String owner) {
    return owner == null
        ? null
        : new ContentProblem(
            "fhir-profiles/%s/PlanDefinition/%s.json".formatted(pathway, pathway),
            code,
            "starts the pathway " + owner + " too.",
            "Give each pathway a code of its own.");
  }
}
