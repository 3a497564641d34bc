package org.carepathway.step;

import java.util.ArrayList;
import java.util.List;
import org.carepathway.engine.StepCall;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.Records;
import org.carepathway.record.StableIds;
import org.carepathway.template.ResourceTemplate;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** Fills the resource templates that a step names. */
@Component
class Templates {

  private final StepContexts contexts;
  private final Records records;

  Templates(StepContexts contexts, Records records) {
    this.contexts = contexts;
    this.records = records;
  }

  /** The resources of the templates in the input {@code template}, with their ids. */
  List<Resource> fill(StepCall call, OpenPathway open) {
    return fill(call, open, call.input("template"));
  }

  /**
   * @param names of templates, separated by spaces
   */
  List<Resource> fill(StepCall call, OpenPathway open, String names) {
    List<Resource> resources = new ArrayList<>();
    for (String name : names.split("\\s+")) {
      ResourceTemplate template = open.content().template(name);
      List<Resource> filled = template.fill(null, contexts.of(call, open, template));
      for (int i = 0; i < filled.size(); i++) {
        Resource resource = filled.get(i);
        resource.setId(StableIds.of(records.trigger().id(), call.element(), name, i).toString());
        resources.add(resource);
      }
    }
    return resources;
  }
}
