package org.carepathway.form;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carepathway.form.FormIssue.Severity;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPathException;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;

/** Evaluates questionnaire-constraints; the place they stand at is the focus and %context. */
final class ConstraintCheck {

  private final FhirPaths paths;
  private final FhirPathContext context;
  private final QuestionnaireResponse response;
  private final Findings findings;

  ConstraintCheck(
      FhirPaths paths, FhirPathContext context, QuestionnaireResponse response, Findings findings) {
    this.paths = paths;
    this.context = context.with("resource", response);
    this.response = response;
    this.findings = findings;
  }

  /**
   * @param item null for the constraints of the form itself
   */
  void check(List<Constraint> constraints, FormItem item, Base place, String path) {
    for (Constraint constraint : constraints) {
      String linkId = item == null ? null : item.linkId();
      try {
        if (!paths.test(place, constraint.expression(), context)) {
          broken(constraint, linkId, place, path);
        }
      } catch (FhirPathException e) {
        // The expression was parsed when the form was read: what it meets in the answers is wrong.
        String message =
            "The rule '%s' could not be checked with these answers: %s"
                .formatted(constraint.message(), e.getMessage());
        findings.addWhole(linkId, path, FormIssue.CONSTRAINT, message);
      }
    }
  }

  private void broken(Constraint constraint, String linkId, Base place, String path) {
    Optional<Place> marked = located(constraint, place);
    String at = marked.map(Place::path).orElse(path);
    String of = marked.map(found -> found.item().getLinkId()).orElse(linkId);
    Severity severity = constraint.severity();
    String message = FhirQuery.fill(constraint.message(), expression -> said(expression, place));
    findings.add(new FormIssue(of, at, severity, constraint.key(), message));
  }

  private String said(String expression, Base place) {
    return paths.evaluate(place, expression, context).stream()
        .map(Base::primitiveValue)
        .collect(Collectors.joining(", "));
  }

  private Optional<Place> located(Constraint constraint, Base place) {
    if (constraint.location() == null) {
      return Optional.empty();
    }
    return paths.evaluate(place, constraint.location(), context).stream()
        .flatMap(found -> find(found, response.getItem(), Place.ROOT).stream())
        .findFirst();
  }

  private static Optional<Place> find(
      Base wanted, List<QuestionnaireResponseItemComponent> items, String path) {
    for (int i = 0; i < items.size(); i++) {
      QuestionnaireResponseItemComponent item = items.get(i);
      String at = Place.at(path, i);
      Optional<Place> found =
          item == wanted ? Optional.of(new Place(item, at)) : find(wanted, item.getItem(), at);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
