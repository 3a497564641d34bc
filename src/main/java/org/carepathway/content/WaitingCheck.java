package org.carepathway.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.carepathway.content.WaitingRule.Effect;
import org.carepathway.template.FhirPathException;
import org.carepathway.template.FhirPaths;

/** The table of the waiting clock can be read, says where each rule is from, and starts a clock. */
final class WaitingCheck {

  private static final Set<String> KNOWN =
      Set.of(
          "record",
          "policy",
          "patient",
          "referral",
          "carePlan",
          "episode",
          "urgency",
          "now",
          "today");

  private final PathwayContent content;
  private final FhirPaths paths;
  private final List<ContentProblem> problems = new ArrayList<>();

  WaitingCheck(PathwayContent content, FhirPaths paths) {
    this.content = content;
    this.paths = paths;
  }

  List<ContentProblem> problems() {
    WaitingTable table = content.waiting();
    if (table.equals(WaitingTable.NONE)) {
      return problems;
    }
    path("limit", table.limit(), false);
    if (table.rules().stream().noneMatch(rule -> rule.effect() == Effect.START)) {
      add("rules", "start no clock.", "Add a rule with the effect 'start'.");
    }
    table.rules().forEach(this::rule);
    return problems;
  }

  private void rule(WaitingRule rule) {
    path(rule.name() + ".each", rule.each(), false);
    path(rule.name() + ".at", rule.at(), rule.each() != null);
    path(rule.name() + ".until", rule.until(), rule.each() != null);
    if ((rule.until() == null) == (rule.effect() == Effect.PAUSE)) {
      add(rule.name() + ".until", "belongs to a pause alone.", "Say when a pause is over.");
    }
    SentKind.LANGUAGES.stream()
        .filter(language -> rule.text().get(language) == null)
        .forEach(
            language ->
                add(
                    rule.name() + ".text",
                    "is not there in '" + language + "'.",
                    "Write it, too."));
    if (!WaitingRule.EVIDENCE.contains(rule.evidence())) {
      add(
          rule.name() + ".evidence",
          "is '" + rule.evidence() + "'.",
          "Write one of " + WaitingRule.EVIDENCE + ".");
    }
  }

  private void path(String element, String expression, boolean each) {
    if (expression == null) {
      return;
    }
    try {
      paths.parse(expression);
      paths.variables(expression).stream()
          .filter(name -> !KNOWN.contains(name) && !(each && name.equals("each")))
          .forEach(
              name ->
                  add(
                      element,
                      "reads %" + name + ", which is not known there.",
                      "Read one of " + KNOWN.stream().sorted().toList() + "."));
    } catch (FhirPathException e) {
      add(element, "cannot be read: " + e.getMessage() + ".", "Mend the FHIRPath.");
    }
  }

  private void add(String element, String problem, String remedy) {
    problems.add(
        new ContentProblem(
            "bpmn/%s/%s".formatted(content.key(), WaitingTable.FILE), element, problem, remedy));
  }
}
