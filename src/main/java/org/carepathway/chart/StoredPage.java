package org.carepathway.chart;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Set;
import java.util.UUID;
import org.carepathway.patient.web.PathwayHeader;
import org.carepathway.security.CurrentUser;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One resource of a record as it is stored, for those who check what the service keeps. */
@Controller
class StoredPage {

  private static final String ACTION = "see-stored";

  private final PathwayHeader header;
  private final CurrentUser user;
  private final FhirContext fhirContext;

  StoredPage(PathwayHeader header, CurrentUser user, FhirContext fhirContext) {
    this.header = header;
    this.user = user;
    this.fhirContext = fhirContext;
  }

  @GetMapping("/pathways/{id}/facts/{type}/{fhirId}")
  String fact(
      @PathVariable UUID id, @PathVariable String type, @PathVariable String fhirId, Model model) {
    if (!user.mayAct(ACTION)) {
      throw new ForbiddenOperationException("Your role does not read the record as it is stored.");
    }
    Resource fact =
        header.show(id, model).resources(Set.of(type)).stream()
            .filter(resource -> resource.getIdElement().getIdPart().equals(fhirId))
            .findFirst()
            .orElseThrow(
                () ->
                    new ResourceNotFoundException(
                        "%s/%s is not part of this pathway.".formatted(type, fhirId)));
    model.addAttribute("name", type + '/' + fhirId);
    model.addAttribute(
        "json", fhirContext.newJsonParser().setPrettyPrint(true).encodeResourceToString(fact));
    return "fact";
  }
}
