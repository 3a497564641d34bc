package org.carepathway.book;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carepathway.form.Form;
import org.carepathway.form.NamedExpression;
import org.carepathway.template.Asked;
import org.carepathway.template.FhirPaths;

/** Where a first answer comes from, in words: what its FHIRPath asks for, one after the other. */
final class Origins {

  private static final Pattern POLICY = Pattern.compile("%policy\\.where\\(name = '([^']+)'\\)");

  /** Of what is coded; a quantity's code is its unit. */
  private static final Pattern CODE =
      Pattern.compile("(?<!Quantity\\)\\.where\\()code\\s*=\\s*'([^']+)'");

  private static final Pattern PATIENT = Pattern.compile("%patient\\.(\\w+)");
  private static final Pattern LITERAL =
      Pattern.compile("(true|false|-?\\d+(?:\\.\\d+)?)|'([^']*)'");
  private static final Pattern SEARCHED = Pattern.compile("([A-Za-z]+)\\?.*");

  /** Variable to what it is called. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "now", "book.from.now",
          "today", "book.from.today",
          "user", "book.from.user",
          "referral", "book.from.referral",
          "carePlan", "book.from.plan",
          "episode", "book.from.plan");

  private final FhirPaths paths;
  private final Glossary glossary;
  private final Language language;

  Origins(FhirPaths paths, Glossary glossary, Language language) {
    this.paths = paths;
    this.glossary = glossary;
    this.language = language;
  }

  /**
   * @param variables what the form and the groups around a question name
   */
  List<String> of(String expression, Collection<NamedExpression> variables) {
    Matcher literal = LITERAL.matcher(expression.strip());
    if (literal.matches()) {
      String value = literal.group(1) == null ? literal.group(2) : literal.group(1);
      return List.of(
          value.matches("true|false") ? language.say("value." + value) : glossary.code(value));
    }
    Set<String> found = new LinkedHashSet<>();
    add(expression, variables, new TreeSet<>(), found);
    return found.isEmpty() ? List.of(language.say("book.from.computed")) : List.copyOf(found);
  }

  private void add(
      String expression,
      Collection<NamedExpression> variables,
      Set<String> seen,
      Set<String> found) {
    boolean answers = false;
    for (Asked asked : paths.asked(expression)) {
      answers |= asked(asked, found);
    }
    if (!answers) {
      paths.recordTypes(expression).stream()
          .sorted()
          .filter(type -> !FhirPaths.ALL_TYPES.contains(type))
          .forEach(type -> found.add(recorded(type, expression)));
    }
    for (String variable : new TreeSet<>(paths.variables(expression))) {
      variable(variable, expression, found);
      variables.stream()
          .filter(named -> named.name().equals(variable) && seen.add(variable))
          .forEach(named -> named(named, variables, seen, found));
    }
  }

  private boolean asked(Asked asked, Set<String> found) {
    if (asked instanceof Asked.Answer answer) {
      if (answer.question() != null) {
        Form form = answer.form() == null ? null : glossary.forms().get(answer.form());
        String question = glossary.question(answer.form(), answer.question());
        found.add(
            form == null
                ? question
                : language.say("book.from.answer", question, language.of(form.title())));
      }
      return true;
    }
    if (asked instanceof Asked.Appointments appointments) {
      found.add(
          language.say(
              "book.from.record-of", "Appointment", glossary.code(appointments.service())));
      return true;
    }
    Asked.Evidence evidence = (Asked.Evidence) asked;
    if (glossary.decisions().containsKey(evidence.decision())) {
      found.add(
          language.say(
              "book.from.decision",
              language.of(glossary.decisions().get(evidence.decision()).name())));
    }
    return true;
  }

  private String recorded(String type, String expression) {
    String codes =
        CODE.matcher(expression)
            .results()
            .map(found -> glossary.code(found.group(1)))
            .distinct()
            .collect(Collectors.joining(", "));
    return codes.isEmpty()
        ? language.say("book.from.record", type)
        : language.say("book.from.record-of", type, codes);
  }

  private void variable(String variable, String expression, Set<String> found) {
    if (KNOWN.containsKey(variable)) {
      found.add(language.say(KNOWN.get(variable)));
    } else if (variable.equals("patient")) {
      PATIENT
          .matcher(expression)
          .results()
          .forEach(field -> found.add(language.say("book.from.patient", field.group(1))));
    } else if (variable.equals("policy")) {
      POLICY
          .matcher(expression)
          .results()
          .forEach(value -> found.add(language.say("book.from.policy", value.group(1))));
    }
  }

  private void named(
      NamedExpression named,
      Collection<NamedExpression> variables,
      Set<String> seen,
      Set<String> found) {
    if (named.query()) {
      SEARCHED
          .matcher(named.expression())
          .results()
          .forEach(type -> found.add(language.say("book.from.file", type.group(1))));
    } else {
      add(named.expression(), variables, seen, found);
    }
  }
}
