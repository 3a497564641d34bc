package org.carepathway.pathway;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.carepathway.record.Agent;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** Gives expressions their view of a pathway, reading no more of the record than they use. */
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
    Set<String> types = new TreeSet<>();
    for (String expression : expressions) {
      variables.addAll(paths.variables(expression));
      types.addAll(paths.recordTypes(expression));
    }
    return of(open, variables, types, activity, agent);
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
        .with("record", record(open, recordTypes))
        .with("policy", open.content().policy().parameters().getParameter())
        .with("patient", used(variables, "patient", open::patient))
        .with("referral", used(variables, "referral", open::referral))
        .with("carePlan", used(variables, "carePlan", open::carePlan))
        .with("episode", used(variables, "episode", open::episode));
  }

  private static List<Resource> record(OpenPathway open, Set<String> types) {
    return types.containsAll(FhirPaths.ALL_TYPES)
        ? open.record().all()
        : open.record().ofTypes(types);
  }

  private static Base used(Set<String> variables, String name, Supplier<? extends Base> value) {
    return variables.contains(name) ? value.get() : null;
  }
}
