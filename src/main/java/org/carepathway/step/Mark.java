package org.carepathway.step;

import java.util.List;
import java.util.Map;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.engine.StepInput;
import org.carepathway.engine.StepInput.Kind;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.StatusMark;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Sets the status of resources of the pathway's record: an appointment that was kept, a referral
 * that has to wait, facts that were entered in error. Input {@code resources} is a FHIRPath that
 * finds them, {@code status} a code of their status; none found is no error. A Condition and an
 * AllergyIntolerance have no status: theirs is the verification status.
 */
@Component
class Mark implements Step {

  private final Pathways pathways;
  private final StepContexts contexts;
  private final FhirPaths paths;

  Mark(Pathways pathways, StepContexts contexts, FhirPaths paths) {
    this.pathways = pathways;
    this.contexts = contexts;
    this.paths = paths;
  }

  @Override
  public String name() {
    return "mark";
  }

  @Override
  public List<StepInput> inputs() {
    return List.of(
        StepInput.needed("resources", Kind.PATH), StepInput.needed("status", Kind.VALUE));
  }

  @Override
  public Map<String, Object> execute(StepCall call) {
    OpenPathway open = pathways.open(call.pathwayId());
    String path = call.input("resources");
    FhirPathContext context = contexts.ofAll(call, open, List.of(path));
    for (Base found : paths.evaluate(null, path, context)) {
      if (!(found instanceof Resource resource)) {
        throw new IllegalStateException(
            "%s: '%s' finds %s, which is no resource"
                .formatted(call.element(), path, found.fhirType()));
      }
      Resource copy = open.record().get(resource.getClass(), resource.getIdElement().getIdPart());
      StatusMark.set(copy, call.input("status"));
      open.record().write(call.element(), copy);
    }
    return Map.of();
  }
}
