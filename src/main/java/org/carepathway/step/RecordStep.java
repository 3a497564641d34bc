package org.carepathway.step;

import java.util.List;
import java.util.Map;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.engine.StepInput;
import org.carepathway.engine.StepInput.Kind;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.springframework.stereotype.Component;

/** Writes the resources of the templates named in the input {@code template}. */
@Component
class RecordStep implements Step {

  private final Pathways pathways;
  private final Templates templates;

  RecordStep(Pathways pathways, Templates templates) {
    this.pathways = pathways;
    this.templates = templates;
  }

  @Override
  public String name() {
    return "record";
  }

  @Override
  public List<StepInput> inputs() {
    return List.of(StepInput.needed("template", Kind.TEMPLATE));
  }

  @Override
  public Map<String, Object> execute(StepCall call) {
    OpenPathway open = pathways.open(call.pathwayId());
    templates.fill(call, open).forEach(resource -> open.record().write(call.element(), resource));
    return Map.of();
  }
}
