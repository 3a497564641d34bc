package org.carepathway.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carepathway.template.FhirPathException;
import org.carepathway.template.FhirPaths;

/** The table of what is sent names kinds, conditions, words and people that there are. */
final class SentCheck {

  /** Of which EHRs, documents and messages can say something. */
  private static final Set<String> TYPES =
      Set.of(
          "Appointment",
          "Communication",
          "Condition",
          "DiagnosticReport",
          "DocumentReference",
          "Encounter",
          "Observation",
          "Procedure",
          "ServiceRequest",
          "Task");

  private static final Set<String> KNOWN = Set.of("resource", "now", "today");

  private final PathwayContent content;
  private final FhirPaths paths;
  private final Set<String> roles;
  private final List<ContentProblem> problems = new ArrayList<>();

  SentCheck(PathwayContent content, FhirPaths paths, Set<String> roles) {
    this.content = content;
    this.paths = paths;
    this.roles = roles;
  }

  List<ContentProblem> problems() {
    content.sent().kinds().forEach(this::kind);
    content.sent().loop().forEach(this::loop);
    return problems;
  }

  private void loop(LoopRow row) {
    String element = "loop." + row.state();
    if (!LoopRow.STATES.contains(row.state())) {
      add(element, "is no state of a referral.", "Name one of " + LoopRow.STATES + ".");
    }
    if (!row.isEnd() && (!roles.contains(String.valueOf(row.by())) || row.within() == null)) {
      add(
          element,
          "has no owner or no time.",
          "Say which role sees to the next state (by), and how soon (within).");
    }
    path(element + ".when", row.when());
    if (row.reason() != null) {
      path(element + ".reason", row.reason());
    }
  }

  private void kind(SentKind kind) {
    if (!TYPES.contains(kind.resource())) {
      add(
          kind.name() + ".resource",
          "is '" + kind.resource() + "', which cannot be sent.",
          "Name one of " + TYPES.stream().sorted().toList() + ".");
    }
    if (!roles.contains(kind.by())) {
      add(kind.name() + ".by", "is '" + kind.by() + "', which is no role.", "Name a role.");
    }
    if (kind.within().isNegative() || kind.within().isZero()) {
      add(kind.name() + ".within", "is no time to come.", "Write for example P1D.");
    }
    languages(kind.name() + ".title", kind.title());
    path(kind.name() + ".when", kind.when());
    if (kind.text().isEmpty()) {
      add(kind.name() + ".text", "is not there.", "Say what a person has to enter, line by line.");
    }
    for (int i = 0; i < kind.text().size(); i++) {
      String element = "%s.text[%d]".formatted(kind.name(), i);
      languages(element, kind.text().get(i).label());
      path(element + ".value", kind.text().get(i).value());
    }
  }

  private void languages(String element, Map<String, String> texts) {
    SentKind.LANGUAGES.stream()
        .filter(language -> texts.get(language) == null)
        .forEach(language -> add(element, "is not there in '" + language + "'.", "Write it, too."));
  }

  private void path(String element, String expression) {
    if (expression == null) {
      add(element, "is not there.", "Write a FHIRPath over the resource.");
      return;
    }
    try {
      paths.parse(expression);
      paths.variables(expression).stream()
          .filter(name -> !KNOWN.contains(name))
          .forEach(
              name ->
                  add(
                      element,
                      "reads %" + name + ", which is not known when something is sent.",
                      "Read the resource itself, %now or %today."));
    } catch (FhirPathException e) {
      add(element, "cannot be read: " + e.getMessage() + ".", "Mend the FHIRPath.");
    }
  }

  private void add(String element, String problem, String remedy) {
    problems.add(
        new ContentProblem(
            "bpmn/%s/%s".formatted(content.key(), SentTable.FILE), element, problem, remedy));
  }
}
