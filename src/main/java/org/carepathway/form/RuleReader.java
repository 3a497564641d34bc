package org.carepathway.form;

import java.util.List;
import java.util.Set;
import org.carepathway.form.FormIssue.Severity;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemInitialComponent;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.Type;

/** Reads what a form computes: constraints, first answers and variables. */
final class RuleReader {

  /** What follows from answers is computed of the answers: a page asks for it while one types. */
  private static final Set<String> CALCULATED_SEES = Set.of("resource", "context", "now", "today");

  private static final String QUERY = "application/x-fhir-query";

  private final FormExpressions expressions;

  RuleReader(FormExpressions expressions) {
    this.expressions = expressions;
  }

  List<Constraint> constraints(String linkId, List<Extension> extensions) {
    return Sdc.all(extensions, Sdc.CONSTRAINT).stream()
        .map(constraint -> constraint(linkId, constraint.getExtension()))
        .toList();
  }

  private Constraint constraint(String linkId, List<Extension> parts) {
    String key = Sdc.text(parts, "key");
    String human = Sdc.text(parts, "human");
    String location = Sdc.text(parts, "location");
    require(key != null && human != null, linkId, "a constraint needs key and human");
    FhirQuery.paths(human).forEach(path -> expressions.checked(linkId, path));
    return new Constraint(
        key,
        "warning".equals(Sdc.text(parts, "severity")) ? Severity.WARNING : Severity.ERROR,
        expressions.checked(linkId, Sdc.text(parts, "expression")),
        human,
        location == null ? null : expressions.checked(linkId, location));
  }

  Prefill prefill(QuestionnaireItemComponent item) {
    String linkId = item.getLinkId();
    List<Extension> extensions = item.getExtension();
    List<Expression> contexts = Sdc.expressions(extensions, Sdc.POPULATION_CONTEXT);
    List<Expression> first = Sdc.expressions(extensions, Sdc.INITIAL_EXPRESSION);
    require(
        first.isEmpty() || !item.hasInitial(),
        linkId,
        "has initial and initialExpression; SDC allows one of them");
    List<Type> initial =
        item.getInitial().stream().map(QuestionnaireItemInitialComponent::getValue).toList();
    require(initial.size() <= 1 || item.getRepeats(), linkId, "has several initial values");
    return new Prefill(
        variables(linkId, extensions),
        contexts.isEmpty() ? null : named(linkId, contexts.get(0)),
        first.isEmpty() ? null : expressions.checked(linkId, first.get(0).getExpression()),
        calculated(item),
        initial);
  }

  private String calculated(QuestionnaireItemComponent item) {
    List<Expression> found = Sdc.expressions(item.getExtension(), Sdc.CALCULATED);
    if (found.isEmpty()) {
      return null;
    }
    String linkId = item.getLinkId();
    String expression = expressions.checked(linkId, found.get(0).getExpression());
    require(
        item.getType() != QuestionnaireItemType.GROUP && !item.getReadOnly() && !item.getRepeats(),
        linkId,
        "calculatedExpression is for a question with one answer that people may change");
    require(
        CALCULATED_SEES.containsAll(expressions.paths().variables(expression)),
        linkId,
        "calculatedExpression sees the answers only: " + CALCULATED_SEES);
    return expression;
  }

  List<NamedExpression> variables(String linkId, List<Extension> extensions) {
    List<Expression> found = Sdc.expressions(extensions, Sdc.VARIABLE);
    require(found.stream().allMatch(Expression::hasName), linkId, "a variable needs a name");
    return found.stream().map(expression -> named(linkId, expression)).toList();
  }

  private NamedExpression named(String linkId, Expression expression) {
    boolean query = QUERY.equals(expression.getLanguage());
    String text = expression.getExpression();
    if (query) {
      FhirQuery.paths(text).forEach(path -> expressions.checked(linkId, path));
    } else {
      expressions.checked(linkId, text);
    }
    expressions.define(expression.getName());
    return new NamedExpression(expression.getName(), query, text);
  }

  private void require(boolean ok, String linkId, String reason) {
    if (!ok) {
      throw new FormException(expressions.form(), linkId, reason);
    }
  }
}
