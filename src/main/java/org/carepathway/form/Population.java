package org.carepathway.form;

import ca.uhn.fhir.repository.IRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.carepathway.fact.Facts;
import org.carepathway.fact.Kinds;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPathException;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Type;
import org.springframework.stereotype.Component;

/**
 * Gives a form its first answers (SDC 4.0, Expression-based population): variables and queries,
 * then for each item its population context, initialExpression or initial.
 *
 * <p>What an item is not asked (enableWhen) is pre-filled as well, for the answers may change.
 */
@Component
public class Population {

  private final FhirPaths paths;
  private final IRepository repository;

  /**
   * @param repository where queries are asked
   */
  public Population(FhirPaths paths, IRepository repository) {
    this.paths = paths;
    this.repository = repository;
  }

  /**
   * The variables of the form itself, beside those given: a query is a Bundle of the facts that it
   * finds ({@link Facts}), an expression is its results. Constraints may use them too. A variable
   * that is given already is not asked for again.
   *
   * @throws FormException naming form and variable
   */
  public FhirPathContext variables(Form form, FhirPathContext context) {
    List<NamedExpression> missing =
        form.queries().stream()
            .filter(variable -> !context.names().contains(variable.name()))
            .toList();
    return with(form, null, missing, context);
  }

  /**
   * A response with the first answers, in progress and without an author; empty groups are left
   * out.
   *
   * @param context the launch variables ({@code %patient}, {@code %record} ...)
   * @throws FormException naming form, item and expression
   */
  public QuestionnaireResponse populate(Form form, FhirPathContext context) {
    QuestionnaireResponse response = new QuestionnaireResponse();
    response.setQuestionnaire(form.canonical());
    response.setStatus(QuestionnaireResponseStatus.INPROGRESS);
    FhirPathContext all = variables(form, context).with("resource", response);
    fill(form, form.items(), all).forEach(response::addItem);
    return response;
  }

  private List<QuestionnaireResponseItemComponent> fill(
      Form form, List<FormItem> items, FhirPathContext context) {
    List<QuestionnaireResponseItemComponent> filled = new ArrayList<>();
    for (FormItem item : items) {
      FhirPathContext inner = with(form, item.linkId(), item.prefill().variables(), context);
      if (item.isGroup()) {
        filled.addAll(groups(form, item, inner));
      } else if (item.isQuestion()) {
        filled.addAll(question(form, item, inner));
      }
    }
    return filled;
  }

  private List<QuestionnaireResponseItemComponent> groups(
      Form form, FormItem group, FhirPathContext context) {
    List<QuestionnaireResponseItemComponent> groups = new ArrayList<>();
    for (FhirPathContext inner : contexts(form, group, context)) {
      List<QuestionnaireResponseItemComponent> items = fill(form, group.items(), inner);
      if (!items.isEmpty()) {
        QuestionnaireResponseItemComponent occurrence = new QuestionnaireResponseItemComponent();
        occurrence.setLinkId(group.linkId());
        groups.add(occurrence.setItem(items));
      }
    }
    return groups;
  }

  private List<FhirPathContext> contexts(Form form, FormItem group, FhirPathContext context) {
    NamedExpression each = group.prefill().context();
    if (each == null) {
      return List.of(context);
    }
    List<Base> results = results(form, group.linkId(), each, context);
    if (results.size() > 1 && !group.repeats()) {
      throw new FormException(
          form.id(), group.linkId(), "has %d contexts and cannot repeat".formatted(results.size()));
    }
    return results.stream()
        .map(result -> each.name() == null ? context : context.with(each.name(), result))
        .toList();
  }

  private List<QuestionnaireResponseItemComponent> question(
      Form form, FormItem item, FhirPathContext context) {
    List<? extends Type> values = item.prefill().initial();
    List<Base> results = List.of();
    String expression = item.prefill().expression();
    if (expression != null) {
      NamedExpression path = new NamedExpression(null, false, expression);
      results = results(form, item.linkId(), path, context);
      values = new FirstAnswers(form.id(), item).of(results, context.zone());
    }
    QuestionnaireResponseItemComponent question = new QuestionnaireResponseItemComponent();
    question.setLinkId(item.linkId());
    for (Type value : values) {
      Type answer = value.copy();
      answer.setUserData(Sources.RESULTS, results);
      question.addAnswer().setValue(answer);
    }
    return question.hasAnswer() ? List.of(question) : List.of();
  }

  private FhirPathContext with(
      Form form, String linkId, List<NamedExpression> variables, FhirPathContext context) {
    FhirPathContext more = context;
    for (NamedExpression variable : variables) {
      more = more.with(variable.name(), results(form, linkId, variable, more));
    }
    return more;
  }

  private List<Base> results(
      Form form, String linkId, NamedExpression expression, FhirPathContext context) {
    try {
      return expression.query()
          ? List.of(query(expression.expression(), context))
          : paths.evaluate(null, expression.expression(), context);
    } catch (FhirPathException e) {
      throw new FormException(form.id(), linkId, e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      String query = "query '%s': %s".formatted(expression.expression(), e.getMessage());
      throw new FormException(form.id(), linkId, query, e);
    }
  }

  private Bundle query(String query, FhirPathContext context) {
    FhirQuery queries = new FhirQuery(repository);
    Bundle found =
        queries.run(
            query,
            path ->
                paths.evaluate(null, path, context).stream().map(Base::primitiveValue).toList());
    return Facts.onFile(
        query,
        found,
        medications(queries, Facts.pointedTo(found)),
        Kinds.of(context.value("kinds")),
        (BaseDateTimeType) context.value("now").get(0));
  }

  private static Bundle medications(FhirQuery queries, Set<String> ids) {
    return ids.isEmpty()
        ? new Bundle()
        : queries.run("Medication?_id={{ids}}", path -> List.copyOf(ids));
  }
}
