package org.carepathway.pathway;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.carepathway.content.Urgency;
import org.carepathway.fact.Facts;
import org.carepathway.record.Agent;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Gives expressions their view of a pathway, reading no more of the record than they use: of its
 * resources those that count ({@link Facts}).
 */
@Component
public class ExpressionContexts {

  private final FhirPaths paths;
  private final Clock clock;

  ExpressionContexts(FhirPaths paths, Clock clock) {
    this.paths = paths;
    this.clock = clock;
  }

  /**
   * @param expressions the FHIRPath that will be evaluated
   * @param activity BPMN element id, {@code %activity}
   * @param agent who acts, {@code %user}
   */
  public FhirPathContext of(
      OpenPathway open, Collection<String> expressions, String activity, Agent agent) {
    Set<String> variables = new TreeSet<>();
    expressions.forEach(expression -> variables.addAll(paths.variables(expression)));
    return of(open, variables, types(expressions), activity, agent);
  }

  /** As {@link #of}, with what no longer counts in {@code %record}. */
  public FhirPathContext ofAll(
      OpenPathway open, Collection<String> expressions, String activity, Agent agent) {
    return of(open, expressions, activity, agent).with("record", stored(open, types(expressions)));
  }

  /**
   * @param variables names of the variables that will be used
   * @param recordTypes the types that will be read from {@code %record}
   */
  public FhirPathContext of(
      OpenPathway open,
      Set<String> variables,
      Set<String> recordTypes,
      String activity,
      Agent agent) {
    return FhirPathContext.at(ZonedDateTime.now(clock))
        .with("activity", activity)
        .with("user", agent.reference())
        .with("record", stored(open, recordTypes).stream().filter(Facts::counts).toList())
        .with("policy", open.content().policy().parameters().getParameter())
        .with("kinds", open.content().kinds())
        .with("patient", used(variables, "patient", open::patient))
        .with("referral", used(variables, "referral", open::referral))
        .with("carePlan", used(variables, "carePlan", open::carePlan))
        .with("episode", used(variables, "episode", open::episode))
        .with("urgency", used(variables, "urgency", () -> urgency(open, activity, agent)));
  }

  /** How urgent the patient is now, in the words of the pathway; null where it does not say. */
  private Base urgency(OpenPathway open, String activity, Agent agent) {
    return open.content()
        .urgency()
        .map(Urgency::now)
        .flatMap(
            path ->
                paths.evaluate(null, path, of(open, List.of(path), activity, agent)).stream()
                    .findFirst())
        .orElse(null);
  }

  private Set<String> types(Collection<String> expressions) {
    Set<String> types = new TreeSet<>();
    expressions.forEach(expression -> types.addAll(paths.recordTypes(expression)));
    return types;
  }

  private static List<Resource> stored(OpenPathway open, Set<String> types) {
    return types.containsAll(FhirPaths.ALL_TYPES)
        ? open.record().all()
        : open.record().ofTypes(types);
  }

  private static Base used(Set<String> variables, String name, Supplier<? extends Base> value) {
    return variables.contains(name) ? value.get() : null;
  }
}
