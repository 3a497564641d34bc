package org.carepathway.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.carepathway.fact.Kinds;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.SourceElementComponent;

/** A map that tells the kinds of drugs can be read, and says whose codes it holds. */
final class KindsCheck {

  private final PathwayContent content;
  private final List<ContentProblem> problems = new ArrayList<>();

  KindsCheck(PathwayContent content) {
    this.content = content;
  }

  List<ContentProblem> problems() {
    content.kinds().forEach(this::map);
    return problems;
  }

  private void map(ConceptMap map) {
    String file = "ConceptMap/" + map.getIdElement().getIdPart();
    if (!map.hasCopyright()) {
      add(file, "copyright", "is not there.", "Say whose codes these are and who may use them.");
    }
    map.getGroup().forEach(group -> group(file, group));
  }

  private void group(String file, ConceptMapGroupComponent group) {
    String source = String.valueOf(group.getSource());
    if (!Kinds.SYSTEMS.contains(source)) {
      add(
          file,
          source,
          "is a code system that is not read.",
          "Use one of " + String.join(", ", Kinds.SYSTEMS.stream().sorted().toList()) + ".");
    }
    Set<String> seen = new HashSet<>();
    for (SourceElementComponent from : group.getElement()) {
      String code = String.valueOf(from.getCode());
      if (!seen.add(code)) {
        add(file, code, "is there twice in its code system.", "Remove one.");
      }
      if (!from.hasCode() || from.getTarget().stream().noneMatch(to -> to.hasCode())) {
        add(file, code, "leads from a code to none.", "Give both codes.");
      }
      if (Kinds.NAME_PART.equals(source) && !code.equals(Kinds.plain(code))) {
        add(
            file,
            code,
            "would fit no name.",
            "Write parts of names in small letters without accents.");
      }
    }
  }

  private void add(String file, String element, String problem, String remedy) {
    problems.add(new ContentProblem(file, element, problem, remedy));
  }
}
