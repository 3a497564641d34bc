package org.carepathway.deviation;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.util.List;
import java.util.UUID;
import org.carepathway.content.AddedStep;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.Holds;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.security.CurrentUser;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.carepathway.worklist.WorkItems;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * People add a step to the plan, or have one done again. Only what the content offers for it, when
 * it says so, and one at a time; what was recorded stays as it is, the new answers come after it.
 */
@Component
public class AddedSteps {

  private final Deviations deviations;
  private final WorkItems items;
  private final Holds holds;
  private final PathwayEngine engine;
  private final ExpressionContexts contexts;
  private final FhirPaths paths;
  private final CurrentUser user;

  AddedSteps(
      Deviations deviations,
      WorkItems items,
      Holds holds,
      PathwayEngine engine,
      ExpressionContexts contexts,
      FhirPaths paths,
      CurrentUser user) {
    this.deviations = deviations;
    this.items = items;
    this.holds = holds;
    this.engine = engine;
    this.contexts = contexts;
    this.paths = paths;
    this.user = user;
  }

  /** What who is signed in may add now. */
  public List<AddedStep> possible(OpenPathway open) {
    return open.pathway().isActive()
            && deviations.mayDeviate()
            && holds.find(open.pathway().id()).isEmpty()
        ? open.content().addedSteps().stream().filter(step -> isOffered(step, open)).toList()
        : List.of();
  }

  /**
   * Adds a step: its task comes up at once.
   *
   * @param element id of the step
   * @throws ForbiddenOperationException (403) for other roles
   * @throws InvalidRequestException (400) without a known reason
   * @throws ResourceVersionConflictException (409) when the content does not let it be added, or
   *     not now; when it is open already; when the pathway has ended or is on hold
   */
  @Transactional
  public void add(UUID pathwayId, String element, String reason, String note) {
    Deviations.check(reason);
    OpenPathway open = deviations.open(pathwayId, "add/" + element);
    AddedStep step =
        possible(open).stream()
            .filter(offered -> offered.element().equals(element))
            .findFirst()
            .orElseThrow(AddedSteps::notNow);
    if (!engine.correlate(step.message(), pathwayId)) {
      throw notNow();
    }
    deviations.explain(open, element, reason, note);
  }

  private boolean isOffered(AddedStep step, OpenPathway open) {
    return items.ofPathway(open.pathway().id()).stream()
            .noneMatch(item -> item.isOpen() && item.element().equals(step.element()))
        && engine.awaits(step.message(), open.pathway().id())
        && isFitting(step, open);
  }

  private boolean isFitting(AddedStep step, OpenPathway open) {
    FhirPathContext context = contexts.of(open, step.conditions(), step.element(), user.agent());
    return step.conditions().stream().allMatch(condition -> paths.test(null, condition, context));
  }

  private static ResourceVersionConflictException notNow() {
    return new ResourceVersionConflictException(
        "This step cannot be added or repeated now; nothing was changed.");
  }
}
