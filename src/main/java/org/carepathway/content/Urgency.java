package org.carepathway.content;

import java.util.Optional;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.PlanDefinition;

/**
 * How urgent a patient is, as a PlanDefinition says it in its extensions {@code urgency} and {@code
 * urgency-changes}.
 *
 * @param now FHIRPath: 0 routine, 25 urgent, 50 as soon as possible, 75 at once; in expressions of
 *     the pathway it is {@code %urgency}
 * @param changes FHIRPath: the dates on which that may change by itself; null where it does not
 */
public record Urgency(String now, String changes) {

  private static final String BASE = "https://carepathway.org/fhir/StructureDefinition/";

  /** Empty for a pathway that does not say it. */
  static Optional<Urgency> of(PlanDefinition plan) {
    return path(plan, "urgency")
        .map(now -> new Urgency(now, path(plan, "urgency-changes").orElse(null)));
  }

  private static Optional<String> path(PlanDefinition plan, String extension) {
    return Optional.ofNullable(plan.getExtensionByUrl(BASE + extension))
        .map(Extension::getValue)
        .filter(Expression.class::isInstance)
        .map(value -> ((Expression) value).getExpression());
  }
}
