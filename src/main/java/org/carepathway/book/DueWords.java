package org.carepathway.book;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carepathway.engine.model.ProcessModel;
import org.carepathway.template.FhirPaths;

/** By when a task is due, where a value of the policy says so. */
record DueWords(Glossary glossary, Amounts amounts, FhirPaths paths, Language language) {

  private static final Pattern POLICY =
      Pattern.compile("%policy\\.where\\(\\(?name = '([^']+)'\\)?\\)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

  /**
   * All that it may be, and not what it depends on; empty where no value of the policy says it.
   *
   * @param due as in the model; null for none
   */
  String text(String due, ProcessModel process) {
    Matcher variable = VARIABLE.matcher(due == null ? "" : due);
    if (!variable.find()) {
      return "";
    }
    return process.steps().stream()
        .map(step -> step.inputs().get(variable.group(1)))
        .filter(Objects::nonNull)
        .flatMap(path -> paths.outcomes(path).stream())
        .flatMap(path -> POLICY.matcher(path).results())
        .map(found -> glossary.value(found.group(1)))
        .flatMap(Optional::stream)
        .map(value -> language.say("book.policy-value", amounts.of(value), value.name()))
        .distinct()
        .reduce((one, other) -> one + language.say("book.or") + other)
        .map(time -> language.say("book.due", time))
        .orElse("");
  }
}
