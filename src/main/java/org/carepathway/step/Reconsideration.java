package org.carepathway.step;

import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.engine.Decisions;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.engine.model.ProcessModel;
import org.carepathway.engine.model.ProcessModel.StepModel;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.Agent;
import org.carepathway.record.StepProvenance;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPathException;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;

/**
 * What the decisions of a pathway would be on the record as it is in this transaction, and what its
 * branches would read. Nothing is written and nothing moves.
 */
@Component
public class Reconsideration {

  private static final String INPUTS =
      "https://carepathway.org/fhir/StructureDefinition/decision-inputs";

  private final Decisions decisions;
  private final PathwayEngine engine;
  private final ExpressionContexts contexts;
  private final FhirPaths paths;
  private final Clock clock;

  Reconsideration(
      Decisions decisions,
      PathwayEngine engine,
      ExpressionContexts contexts,
      FhirPaths paths,
      Clock clock) {
    this.decisions = decisions;
    this.engine = engine;
    this.contexts = contexts;
    this.paths = paths;
    this.clock = clock;
  }

  /**
   * @param element that decided
   * @param decision id of its table
   */
  public record Weighed(String element, String decision) {}

  /**
   * Every decision that was made, with what it would be now.
   *
   * @return output name to value, by decision
   */
  public Map<Weighed, Map<String, Object>> decisions(OpenPathway open) {
    String deployment = engine.deploymentId(open.pathway().key(), open.pathway().version());
    List<Provenance> provenances = ofType(open, Provenance.class);
    Map<String, GuidanceResponse> evidence =
        ofType(open, GuidanceResponse.class).stream()
            .collect(
                Collectors.toMap(
                    one -> "GuidanceResponse/" + one.getIdElement().getIdPart(), one -> one));
    Map<Weighed, Map<String, Object>> weighed = new LinkedHashMap<>();
    for (ProcessModel process : open.content().processes()) {
      for (StepModel step : process.steps()) {
        if ("decide".equals(step.word())) {
          List<GuidanceResponse> made =
              provenances.stream()
                  .flatMap(one -> StepProvenance.targets(one, step.id()).stream())
                  .map(Reference::getReference)
                  .map(evidence::get)
                  .filter(Objects::nonNull)
                  .sorted(Comparator.comparing(GuidanceResponse::getOccurrenceDateTime))
                  .toList();
          if (!made.isEmpty()) {
            weigh(open, deployment, process, step, made, weighed);
          }
        }
      }
    }
    return weighed;
  }

  /**
   * What the branches of a pathway would read now: facts that steps fetched and conditions of flows
   * name.
   *
   * @param passed ids of the elements that the patient came to since
   * @return {@code process/element/variable} to value
   */
  public Map<String, Object> branches(OpenPathway open, Set<String> passed) {
    Map<String, Object> read = new TreeMap<>();
    for (ProcessModel process : open.content().processes()) {
      Set<String> conditions =
          process.reads().entrySet().stream()
              .filter(element -> isFlow(process, element.getKey()))
              .flatMap(element -> element.getValue().stream())
              .collect(Collectors.toSet());
      process.steps().stream()
          .filter(step -> "fetch".equals(step.word()) && passed.contains(step.id()))
          .forEach(
              step ->
                  fetched(open, step, conditions)
                      .forEach(
                          (name, value) ->
                              read.put(process.id() + '/' + step.id() + '/' + name, value)));
    }
    return read;
  }

  /** Whatever is no step, task or call and has a condition is a flow. */
  private static boolean isFlow(ProcessModel process, String element) {
    return Stream.of(
            process.steps().stream().map(StepModel::id),
            process.tasks().stream().map(ProcessModel.UserTaskModel::id),
            process.calls().stream().map(ProcessModel.CallModel::id))
        .flatMap(ids -> ids)
        .noneMatch(element::equals);
  }

  private void weigh(
      OpenPathway open,
      String deployment,
      ProcessModel process,
      StepModel step,
      List<GuidanceResponse> made,
      Map<Weighed, Map<String, Object>> weighed) {
    Map<String, Object> variables = new HashMap<>();
    made.forEach(one -> variables.putAll(inputs(open, one)));
    process.steps().stream()
        .filter(fetch -> "fetch".equals(fetch.word()) && step.before().contains(fetch.id()))
        .forEach(fetch -> variables.putAll(fetched(open, fetch, fetch.inputs().keySet())));
    for (String decision : step.inputs().get("decisions").split("\\s+")) {
      Map<String, Object> outputs =
          decisions
              .evaluate(deployment, decision, variables, open.content().policy().feel())
              .outputs();
      variables.putAll(outputs);
      weighed.put(new Weighed(step.id(), decision), outputs);
    }
  }

  private Map<String, Object> fetched(OpenPathway open, StepModel fetch, Set<String> wanted) {
    Map<String, String> asked = new LinkedHashMap<>(fetch.inputs());
    asked.keySet().retainAll(wanted);
    asked.values().removeIf(path -> path.contains("${") || path.contains("#{"));
    asked.values().removeIf(path -> path.contains("%changed") || path.contains("%previous"));
    FhirPathContext context = contexts.of(open, asked.values(), fetch.id(), Agent.SERVICE);
    Map<String, Object> values = new HashMap<>();
    asked.forEach(
        (name, path) -> {
          try {
            List<Base> found = paths.evaluate(null, path, context);
            if (found.size() < 2) {
              values.put(name, found.isEmpty() ? null : Fetch.scalar(found.get(0), context.zone()));
            }
          } catch (FhirPathException notNow) {
            // What cannot be read today is weighed as it was.
            values.remove(name);
          }
        });
    return values;
  }

  /** What the table knew then, by the names of variables: the evidence has the headings. */
  private Map<String, Object> inputs(OpenPathway open, GuidanceResponse evidence) {
    Map<String, Object> values = new HashMap<>();
    String decision = decision(evidence);
    Map<String, String> names = new HashMap<>();
    open.content().rules().stream()
        .filter(table -> table.id().equals(decision))
        .flatMap(table -> table.inputs().stream())
        .forEach(column -> names.put(column.label(), column.name()));
    if (evidence.hasExtension(INPUTS)
        && evidence.getContained(
                ((Reference) evidence.getExtensionByUrl(INPUTS).getValue()).getReference())
            instanceof Parameters parameters) {
      parameters.getParameter().stream()
          .filter(ParametersParameterComponent::hasValue)
          .filter(value -> !value.getName().startsWith("policy."))
          .forEach(
              value ->
                  values.put(
                      names.getOrDefault(value.getName(), value.getName()),
                      Fetch.scalar(value.getValue(), clock.getZone())));
    }
    return values;
  }

  private static String decision(GuidanceResponse evidence) {
    String module = evidence.getModuleCanonicalType().getValue().split("\\|", 2)[0];
    return module.substring(module.lastIndexOf('/') + 1);
  }

  private static <T> List<T> ofType(OpenPathway open, Class<T> type) {
    return open.record().ofTypes(Set.of(type.getSimpleName())).stream().map(type::cast).toList();
  }
}
