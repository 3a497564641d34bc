package org.carepathway.content;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.carepathway.engine.StepInput.Kind;
import org.carepathway.engine.model.ProcessModel;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.StringType;

/** Every FHIRPath expression of a pathway's content, by where it stands. */
final class Expressions {

  private static final Set<String> IN_EXTENSIONS =
      Set.of(
          "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-templateExtractValue",
          "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-templateExtractContext",
          "expression",
          "resourceId");

  /** In a search, <code>{{...}}</code> is FHIRPath (SDC, x-fhir-query). */
  private static final Pattern IN_QUERY = Pattern.compile("\\{\\{(.+?)}}");

  private static final String QUERY = "application/x-fhir-query";

  private final Map<String, Set<String>> found = new LinkedHashMap<>();

  private Expressions() {}

  /** File or resource to its expressions. */
  static Map<String, Set<String>> of(
      PathwayContent content, List<ProcessModel> processes, Vocabulary vocabulary) {
    Expressions expressions = new Expressions();
    for (ProcessModel process : processes) {
      for (Kind kind : List.of(Kind.FACT, Kind.PATH)) {
        process.steps().stream()
            .flatMap(step -> vocabulary.given(step, kind))
            .forEach(given -> expressions.add(process.file(), given.value()));
      }
      process.undone().values().forEach(path -> expressions.add(process.file(), path));
    }
    content.forms().forEach((key, form) -> expressions.below("Questionnaire/" + key, form));
    content
        .cards()
        .all()
        .forEach(card -> card.expressions().forEach(path -> expressions.add("cards", path)));
    content.waiting().expressions().forEach(path -> expressions.add("waiting", path));
    content.templates().forEach((name, some) -> expressions.below("template/" + name, some));
    expressions.below("PlanDefinition/" + content.key(), content.plan());
    return expressions.found;
  }

  /** All that stand in an element or below it. */
  static Set<String> in(Base element) {
    Expressions expressions = new Expressions();
    expressions.below("", element);
    return expressions.found.getOrDefault("", Set.of());
  }

  private void below(String file, Base element) {
    if (element instanceof Expression expression) {
      expression(file, expression);
    } else if (element instanceof Extension extension
        && IN_EXTENSIONS.contains(extension.getUrl())
        && extension.getValue() instanceof StringType text) {
      add(file, text.getValue());
    }
    if (element instanceof DomainResource resource) {
      resource.getContained().forEach(inside -> below(file, inside));
      resource.getExtension().forEach(extension -> below(file, extension));
    }
    for (Property property : element.children()) {
      property.getValues().stream()
          .filter(value -> value != null)
          .forEach(value -> below(file, value));
    }
  }

  private void expression(String file, Expression expression) {
    if (QUERY.equals(expression.getLanguage())) {
      IN_QUERY
          .matcher(expression.getExpression())
          .results()
          .map(MatchResult::group)
          .map(blank -> blank.substring(2, blank.length() - 2))
          .forEach(path -> add(file, path));
    } else {
      add(file, expression.getExpression());
    }
  }

  private void add(String file, String expression) {
    if (expression != null) {
      found.computeIfAbsent(file, any -> new LinkedHashSet<>()).add(expression);
    }
  }
}
