package org.carepathway.content;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carepathway.template.FhirPaths;

/**
 * What set a step off, {@code %changed} and {@code %previous}, is known in models and templates and
 * in the condition of a trigger. A form is opened later, when it is long over.
 */
final class CauseCheck {

  private static final Set<String> CAUSE = Set.of("changed", "previous");

  private CauseCheck() {}

  /**
   * @param expressions file or resource to its expressions
   */
  static List<ContentProblem> of(
      Map<String, ? extends Collection<String>> expressions, FhirPaths paths) {
    return expressions.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("Questionnaire/"))
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .flatMap(expression -> paths.variables(expression).stream())
                    .filter(CAUSE::contains)
                    .distinct()
                    .map(
                        name ->
                            new ContentProblem(
                                entry.getKey(),
                                "%" + name,
                                "is asked for in a form, where nothing has set it off.",
                                "Record it in a step and read it from %record.")))
        .toList();
  }
}
